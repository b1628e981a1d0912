using System.Text.Json.Serialization;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Operations;

/// <summary>Computes attribution maps, and measures where their evidence lies.</summary>
/// <remarks>
/// Without --raw a map holds the positive evidence, upsampled to the image. Several MODELs and methods are drawn side by side, each method on one
/// scale for all networks. A map without positive evidence is said to have none.
/// </remarks>
/// <example>
/// pentimento explain weights.npz --network cnn3 --data images.npz --layer relu3 --target true --raw --save maps.npz
/// pentimento explain lazy=a.safetensors repaired=b.safetensors --data gr_95z --limit 1000 --method grad-cam integrated-gradients --out both.png
/// pentimento explain lazy.safetensors --data gr_95z --limit 1000 --cases --out cases.png
/// </example>
public sealed record Explain : NetworksOperation<ExplainResult>
{
    /// <summary>The set whose predictions are explained.</summary>
    public required DataRef Data { get; init; }

    /// <summary>
    /// One or several attribution methods (default: grad-cam; where the network has no maps, gradient-x-input stands for the default).
    /// </summary>
    [Called("method")]
    public IReadOnlyList<AttributionMethod> Methods { get; init; } = [];

    /// <summary>The cut to look at (default: the last with maps after ReLU).</summary>
    [Form("L")]
    public string? Layer { get; init; }

    /// <summary>The class explained: predicted, true or a number.</summary>
    [Form("T")]
    public ExplainedClass Target { get; init; } = ExplainedClass.Predicted;

    /// <summary>Save maps with sign and size, at the layer's resolution.</summary>
    public bool Raw { get; init; }

    /// <summary>Write maps, float32 (N, H, W), and targets, int64 (N), of one network and method.</summary>
    [Output("F.npz")]
    public string? Save { get; init; }

    /// <summary>Draw the first image of each class with each network's and method's evidence, as PNG.</summary>
    [Output("F.png")]
    public string? Out { get; init; }

    /// <summary>Draw evidence against the class too: orange for, blue against.</summary>
    public bool Signed { get; init; }

    /// <summary>Draw three cases: wrong place, right place but the colour wins, right answer from the wrong place.</summary>
    public bool Cases { get; init; }

    /// <inheritdoc/>
    internal override void Check()
    {
        Require.That(
            Save is null || (Models.Count == 1 && Methods.Count <= 1),
            $"--save keeps the maps of one network and one method, got {Models.Count} and {Math.Max(1, Methods.Count)}.");
        Require.That(!(Signed && Cases), $"--cases are told by positive evidence; leave out --signed.");
    }

    /// <inheritdoc/>
    internal override ExplainResult Run(RunContext run)
    {
        using var scope = NewDisposeScope();
        var (explanations, samples) = (new List<Explanation>(), new List<ExplainedSamples>());
        ImageSet? images = null;
        foreach (var model in Models)
        {
            using var network = Load(model, run);
            var set = Fitted(images ??= Find(Data, Split.Test, network.Shape, run), network, run);
            var predicted = Predictor.Classes(network, set, run);
            var targets = Target.Of(network, set, predicted);
            foreach (var method in AttributionMethod.OrDefault(Methods, network, [new GradCam()]))
            {
                using var inner = NewDisposeScope();
                var layer = Layer ?? method.DefaultLayer(network);
                var maps = method.ExplainSet(network, set, targets, layer, run);
                var evidence = AttributionMethod.Evidence(maps, set.Shape);
                if (Save is not null) Write(Save, Raw ? maps : evidence, targets);
                if (Out is not null) samples.Add(ExplainedSamples.Of(model.Name, method, set, predicted, maps, Signed, Cases));
                explanations.Add(new(
                    model.Name, method, method.ReadsLayer ? layer : "input", EvidenceLocalization.Of(evidence, set, predicted),
                    method is IntegratedGradients ? IntegratedGradients.CompletenessGap(network, set, targets, maps, run) : null, method.Caution));
            }
        }

        var first = explanations[0];
        return new(first.Method, first.Layer, first.Focus, explanations) { Samples = samples };
    }

    private static void Write(string file, Tensor maps, long[] targets) => Npz.Write(
        file, [new("maps", new(maps.contiguous().data<float>().ToArray(), maps.shape)), new("targets", new(targets, targets.Length))]);
}

/// <summary>Where the evidence of each network's and method's maps lies; what stands beside the list is the first entry's.</summary>
/// <param name="Method">The attribution method.</param>
/// <param name="Layer">The cut at which it looked; <c>input</c> for a method that reads the image itself.</param>
/// <param name="Focus">Where the evidence lies.</param>
/// <param name="Explanations">One entry for each network and method.</param>
public sealed record ExplainResult(AttributionMethod Method, string Layer, EvidenceLocalization Focus, IReadOnlyList<Explanation> Explanations)
{
    /// <summary>The images and maps to draw, in the order of the explanations; empty where no drawing is wanted.</summary>
    [JsonIgnore]
    internal IReadOnlyList<ExplainedSamples> Samples { get; init; } = [];
}

/// <summary>One method's maps of one network's predictions.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Method">The attribution method.</param>
/// <param name="Layer">The cut at which it looked; <c>input</c> for a method that reads the image itself.</param>
/// <param name="Focus">Where the evidence lies.</param>
/// <param name="CompletenessGap">
/// Of integrated gradients, the mean distance between a map's sum and the logit gained over black, as a share of that gain; null for other methods.
/// </param>
/// <param name="Caution">What a reader of the maps must know, or null.</param>
public sealed record Explanation(
    string Network,
    AttributionMethod Method,
    string Layer,
    EvidenceLocalization Focus,
    double? CompletenessGap,
    string? Caution);
