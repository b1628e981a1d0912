#:project ../src/Pentimento/Pentimento.csproj
#:property PublishAot=false
// Paints digits whose colours give them away, trains a network, and asks it about the same digits in other colours.
//   dotnet run examples/first.cs [IMAGES]
using Pentimento.Data;
using Pentimento.Data.Painting;
using Pentimento.Evaluation;
using Pentimento.Foundation;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using Pentimento.Training.Procedures;

var count = args.Length > 0 ? int.Parse(args[0]) : 12_000;
var run = RunContext.OnCpu(seed: 1);
Native.Load(threads: 0);

ImageSet Paint(string name, Split split) => new Painter(Canvas.Parse(name), Palette.Seed, new(1)).Paint(Digits.Mnist(split), split, count, threads: 2, run);

var course = new Course { Objective = new GeneralizedCrossEntropy(), Epochs = 1, Batch = 128 };
var trained = new SingleStage().Train(new Cnn3(), course, new([Paint("rg_95z", Split.Train)]), Logbook.Empty, run);
using var network = trained.Network;
foreach (var name in new[] { "rg_95z", "gr_95z" })
{
    var set = Paint(name, Split.Test);
    var judged = SetEvaluation.Of(set, Judge.Answers(network, set, run), network.Classes);
    Console.WriteLine($"{name}: {judged.Accuracy:P1} ({judged.Low:P1} to {judged.High:P1})");
}

ModelFile.Write("lazy.safetensors", network, "{}");
