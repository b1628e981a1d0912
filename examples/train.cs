// Paint a biased canvas, train a network that cheats, and prove it. Run with: dotnet run examples/train.cs [IMAGES]
#:project ../src/Pentimento/Pentimento.csproj

using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Training;
using Pentimento.Training.Objectives;

var images = args.Length > 0 ? int.Parse(args[0]) : 12_000;
Native.Load(threads: 0);
var run = RunContext.OnCpu(seed: 1);
var library = new DataLibrary(Path.Combine(Path.GetTempPath(), "pentimento-examples"), Threads: 0);

var options = new TrainingOptions
{
    Objective = new GeneralizedCrossEntropy(),
    Epochs = 1,
    Batch = 128,
};
var training = new Environments([library.Find("rg_95z", Split.Train, images, run)]);
using var network = new SingleStage().Train(new Cnn3(), options, training, TrainingLog.Empty, run).Network;

foreach (var name in new[] { "rg_95z", "gr_95z" })
{
    var accuracy = SetAccuracy.Of(network, library.Find(name, Split.Test, images, run), run);
    Console.WriteLine($"{name}: {accuracy.Accuracy:P1} ({accuracy.Low:P1} to {accuracy.High:P1}) of {accuracy.Count:N0}");
}

var recoloring = Recoloring.Of(network, library.Find("gr_95z", Split.Test, Math.Min(images, 500), run), Palette.Seed, run);
Console.WriteLine($"Another colour changes {recoloring.FlipRate:P1} of the answers.");
ModelFile.Write("lazy.safetensors", network, "examples/train.cs");
