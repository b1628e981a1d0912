#:project ../src/Pentimento/Pentimento.csproj
#:property PublishAot=false
// Attacks a network with three attacks of growing strength; a success counts only where the network was right before.
//   dotnet run examples/attack.cs MODEL [IMAGES]
using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Data.Painting;
using Pentimento.Foundation;
using Pentimento.Networks;
using TorchSharp;

var count = args.Length > 1 ? int.Parse(args[1]) : 200;
var run = RunContext.OnCpu();
Native.Load(threads: 0);

using var victim = ModelFile.Read(args[0]);
var set = new Painter(Canvas.Parse("rg_95z"), Palette.Seed, new(1)).Paint(Digits.Mnist(Split.Test), Split.Test, count, threads: 2, run);
var pgd = new Pgd(Radius: 0.05, StepSize: 0.01, Steps: 40);
foreach (var attack in new Attack[] { new Fgsm(0.05), pgd, pgd with { Restarts = 3 } })
{
    using var scope = torch.NewDisposeScope();
    var perturbed = attack.PerturbSet(victim, set, Goal.Any, run);
    var result = AttackResult.Of(attack, victim, set, perturbed, source: null, Goal.Any, run);
    Console.WriteLine($"{Catalog.Write(attack)}: {result.SuccessRate:P1} of {result.Count}");
}
