using Pentimento.Attribution;
using Pentimento.Networks;
using Pentimento.Reports.Pictures;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>The predictions and attribution maps of all networks for one image.</summary>
internal static class NetworkAnswers
{
    private const int Listed = 5;

    /// <summary>The method that a question asks for; null for none.</summary>
    /// <exception cref="BadInputException">There is no such method, or no network has the layer.</exception>
    public static AttributionMethod? MethodOf(Workbench bench, LookQuestion question)
    {
        if (string.IsNullOrEmpty(question.Method)) return null;
        Require.That(
            string.IsNullOrEmpty(question.Layer) || bench.Networks.Any(one => one.Network.Cuts.Contains(question.Layer)),
            $"No network can be cut at '{question.Layer}'; "
                + $"{Names.Suggest(question.Layer ?? "", bench.Networks.SelectMany(one => one.Network.Cuts))}");
        return question.Method;
    }

    /// <summary>Answers the question.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="question">The image and the layer.</param>
    /// <param name="method">The method, or null for the predictions alone.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">The image cannot be used.</exception>
    public static LookAnswer Answer(Workbench bench, LookQuestion question, AttributionMethod? method, RunContext run)
    {
        using var inference = no_grad();
        var pixels = bench.Read(bench.ImageOf(question.Image, question.Picture));
        var picture = bench.Shown(pixels);
        var answers = bench.Networks.Select(network => Of(bench, network, pixels)).ToList();
        if (method is not null)
        {
            var maps = bench.Networks.Select((network, at) =>
                Map(bench, network, method, question.Layer, pixels, run.Part(at, 1, bench.Networks.Count))).ToList();
            var shared = EvidenceColors.Over(maps.Select(map => map.Values));
            answers = [.. answers.Zip(maps, (answer, map) => answer with
            {
                Map = (question.OwnScale ? EvidenceColors.Over([map.Values]) : shared).Over(picture, map.Values).DataUri,
                Note = map.Note,
            })];
        }

        var label = question.Picture is null && question.Image is { } place
            ? bench.ClassName(bench.Find(null).Network, bench.Images!.Labels[place]) : null;
        return new(picture.DataUri, label, answers, EquivalentCode.Explain(bench, question));
    }

    /// <summary>A network's likeliest classes.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="network">The network.</param>
    /// <param name="pixels">float32 (1, C, H, W) in [0, 1].</param>
    public static NetworkAnswer Of(Workbench bench, LabNetwork network, Tensor pixels) => OfLogits(bench, network, network.Network.call(pixels));

    /// <summary>The likeliest classes of logits, float32 (1, K).</summary>
    /// <exception cref="BadInputException">They are no numbers.</exception>
    public static NetworkAnswer OfLogits(Workbench bench, LabNetwork network, Tensor logits)
    {
        FiniteLogits.Of(logits, "the image");
        var shares = logits.softmax(1).cpu().data<float>().ToArray();
        var order = Enumerable.Range(0, shares.Length).OrderByDescending(at => shares[at]).Take(Listed);
        return new(network.Name, [.. order.Select(at => new ClassShare(bench.ClassName(network.Network, at), shares[at]))]);
    }

    private static (float[] Values, string? Note) Map(
        Workbench bench, LabNetwork network, AttributionMethod chosen, string? wished, Tensor pixels, RunContext run)
    {
        using var gradients = enable_grad();
        var method = chosen.FittedTo(network.Network);
        // A layer is asked of all networks at once; whichever has no such takes its own, and says so.
        var asked = string.IsNullOrEmpty(wished) ? null : wished;
        var has = asked is not null && network.Network.Cuts.Contains(asked);
        var layer = has ? asked! : method.DefaultLayer(network.Network);
        var note = asked is null || has ? method.Caution : $"It has no layer '{asked}'; its own was taken. {method.Caution}".Trim();
        var target = network.Network.call(pixels).argmax(1).detach();
        var maps = method.Explain(network.Network, pixels, target, layer, run);
        return (AttributionMethod.Evidence(maps.detach(), bench.Shape).cpu().contiguous().data<float>().ToArray(), note);
    }
}
