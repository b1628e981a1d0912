#:project ../src/Pentimento/Pentimento.csproj
#:property PublishAot=false
// An attribution method of one's own beside Grad-CAM: how much of each one's evidence lies on the digit?
//   dotnet run examples/explain.cs MODEL [IMAGES]
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Data.Painting;
using Pentimento.Evaluation;
using Pentimento.Foundation;
using Pentimento.Networks;
using TorchSharp;

var count = args.Length > 1 ? int.Parse(args[1]) : 500;
var run = RunContext.OnCpu();
Native.Load(threads: 0);

using var network = ModelFile.Read(args[0]);
var set = new Painter(Canvas.Parse("gr_95z"), Palette.Seed, new(1)).Paint(Digits.Mnist(Split.Test), Split.Test, count, threads: 2, run);
var answers = Judge.Answers(network, set, run);
foreach (var method in new AttributionMethod[] { new GradCam(), new Liveliness() })
{
    using var scope = torch.NewDisposeScope();
    var maps = method.ExplainSet(network, set, answers, method.UsualLayer(network), run);
    var focus = Focus.Of(AttributionMethod.Evidence(maps, set.Shape), set, answers);
    Console.WriteLine($"{method.GetType().Name}: {focus.OnDigit:P1} on the digit ({focus.Low:P1} to {focus.High:P1})");
}

/// <summary>Where a layer answers at all, whatever the class: a map that explains nothing, to compare with.</summary>
internal sealed record Liveliness : AttributionMethod
{
    public override torch.Tensor Explain(Classifier network, torch.Tensor images, torch.Tensor targets, string layer, RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        return network.Head(images, layer).sum(1).MoveToOuterDisposeScope();
    }
}
