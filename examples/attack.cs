// Attack a network of your own: every attack is a record, and so is every hyper-parameter. Run with: dotnet run examples/attack.cs MODEL [IMAGES]
#:project ../src/Pentimento/Pentimento.csproj

using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Foundation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;

var (model, images) = (args[0], args.Length > 1 ? int.Parse(args[1]) : 200);
Native.Load(threads: 0);
var run = RunContext.OnCpu();
var library = new DataLibrary(Path.Combine(Path.GetTempPath(), "pentimento-examples"), Threads: 0);
using var network = ModelFile.Read(model);
var set = library.Find("rg_95z", Split.Test, images, run);

foreach (var radius in new[] { 0.025, 0.05, 0.1 })
{
    Attack attack = new Pgd(Radius: radius, StepSize: radius / 5, Steps: 20);
    using var perturbed = attack.PerturbSet(network, set, Criterion.Any, run);
    var result = AttackResult.Of(attack, network, set, perturbed, source: null, Criterion.Any, run);
    Console.WriteLine($"{Catalog.Write(attack)}: {result.SuccessRate:P1} of {result.Count} right answers turned");
}
