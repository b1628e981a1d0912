// Take a layer apart into sparse features, ablate those that carry the colour, and save the edited network.
// Run with: dotnet run examples/surgery.cs MODEL [IMAGES]
#:project ../src/Pentimento/Pentimento.csproj

using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Evaluation;
using Pentimento.Foundation;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Sparse;
using Pentimento.Sparse.Training;
using Pentimento.Sparse.Variants;
using TorchSharp;

const string Layer = "fc1";
var (model, images) = (args[0], args.Length > 1 ? int.Parse(args[1]) : 10_000);
Native.Load(threads: 0);
var run = RunContext.OnCpu(seed: 1);
var library = new DataLibrary(Path.Combine(Path.GetTempPath(), "pentimento-examples"), Threads: 0);
using var network = ModelFile.Read(model);
var training = library.Find("rg_95z", Split.Train, images, run);

using var rows = ActivationRows.Of(network, training, Layer, places: 1, run);
using var autoencoder = AutoencoderTrainer.Train(new() { Variant = new TopK(), Epochs = 5 }, rows.Values, run).Autoencoder;
using var silence = torch.zeros(autoencoder.Features);

// The selection sees training images and copies of them in each other's colours, never a reversed test image.
var chosen = new GreedySelection { Images = images }.Select(network, autoencoder, Layer, training, silence, run);
var edit = new FeatureEdit { Autoencoder = autoencoder.Variant, Count = (int)autoencoder.Features };
using var operated = Edited.Of(network, Layer, edit, FeatureEdit.Ablation(autoencoder, chosen.Features, silence));

Console.WriteLine($"{chosen.Features.Count} of {autoencoder.Features} features ablated.");
foreach (var name in new[] { "rg_95z", "gr_95z" })
{
    var test = library.Find(name, Split.Test, images, run);
    Console.WriteLine($"{name}: {SetAccuracy.Of(network, test, run).Accuracy:P1} before, {SetAccuracy.Of(operated, test, run).Accuracy:P1} after");
}

ModelFile.Write("operated.safetensors", operated, "examples/surgery.cs");
