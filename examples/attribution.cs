// An attribution method of your own, measured like those that come along. Run with: dotnet run examples/attribution.cs MODEL [IMAGES]
#:project ../src/Pentimento/Pentimento.csproj

using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation;
using Pentimento.Networks;
using Pentimento.Operations;
using TorchSharp;

var (model, images) = (args[0], args.Length > 1 ? int.Parse(args[1]) : 500);
Native.Load(threads: 0);
var run = RunContext.OnCpu();
var library = new DataLibrary(Path.Combine(Path.GetTempPath(), "pentimento-examples"), Threads: 0);
using var network = ModelFile.Read(model);
var set = library.Find("gr_95z", Split.Test, images, run);
var answers = Predictor.Classes(network, set, run);

foreach (var method in new AttributionMethod[] { new GradCam(), new StrongestChannel() })
{
    using var scope = torch.NewDisposeScope();
    var maps = method.ExplainSet(network, set, answers, network.LastRelu, run);
    var focus = EvidenceLocalization.Of(AttributionMethod.Evidence(maps, set.Shape), set, answers);
    Console.WriteLine($"{method.GetType().Name}: {focus.OnDigit:P1} of the evidence on the digit, which is {focus.ForegroundShare:P1} of the image");
}

/// <summary>The map of the channel that answers most: a cut, a look, and nothing else.</summary>
internal sealed record StrongestChannel : AttributionMethod
{
    public override torch.Tensor Explain(Classifier network, torch.Tensor images, torch.Tensor targets, string layer, RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var maps = network.Head(images, layer);
        var strongest = maps.mean([2, 3]).argmax(1).view(-1, 1, 1, 1).expand(-1, 1, maps.shape[2], maps.shape[3]);
        return maps.gather(1, strongest).squeeze(1).MoveToOuterDisposeScope();
    }
}
