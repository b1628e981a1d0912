#:project ../src/Pentimento/Pentimento.csproj
#:property PublishAot=false
// Surgery: silences one channel of a layer after the other, and asks which of them the reversed colours speak through.
//   dotnet run examples/operate.cs MODEL [IMAGES]
using Pentimento.Data;
using Pentimento.Data.Painting;
using Pentimento.Foundation;
using Pentimento.Networks;
using TorchSharp;

var count = args.Length > 1 ? int.Parse(args[1]) : 1000;
var run = RunContext.OnCpu();
Native.Load(threads: 0);

using var patient = ModelFile.Read(args[0]);
using var scope = torch.NewDisposeScope();
using var still = torch.no_grad();
var set = new Painter(Canvas.Parse("gr_95z"), Palette.Seed, new(1)).Paint(Digits.Mnist(Split.Test), Split.Test, count, threads: 2, run);
var (layer, labels) = ("relu1", set.LabelTensor());
var activations = patient.Head(Pixels.Slice(set.Tensor(), 0, set.Count), layer);

double Accuracy(torch.Tensor edited) => patient.Tail(edited, layer).argmax(1).eq(labels).to_type(torch.float32).mean().item<float>();

Console.WriteLine($"as it is: {Accuracy(activations):P1}");
var without = Enumerable.Range(0, (int)activations.shape[1]).Select(channel =>
{
    using var inner = torch.NewDisposeScope();
    var edited = activations.clone();
    edited.select(1, channel).zero_();
    return (channel, Accuracy: Accuracy(edited));
});
foreach (var (channel, accuracy) in without.OrderByDescending(one => one.Accuracy).Take(5)) Console.WriteLine($"without channel {channel} of {layer}: {accuracy:P1}");
