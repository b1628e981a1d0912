using System.ComponentModel.DataAnnotations;
using Pentimento.Attribution;
using Pentimento.Attribution.SanityChecks;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Operations;

/// <summary>Runs sanity checks on attribution methods: whether their maps can be believed.</summary>
/// <remarks>
/// Four checks of each method: does its map change when the weights are made random, do the pixels it marks matter when they are removed (filled from
/// their neighbours) or alone are kept, is it robust to noise that nobody sees, and do methods agree. Give a network trained on un_0z as a second
/// MODEL: what a method says of that one is its false alarm. Of pictures larger than 64x64 random weights and noise are tried on the first sixteen
/// images, of large networks on fewer, and integrated gradients take sixteen steps unless --method says otherwise.
/// </remarks>
/// <example>
/// pentimento train --data un_0z --out clean.safetensors
/// pentimento trust lazy.safetensors clean.safetensors --data rg_95z --out trust.png
/// pentimento trust lazy.safetensors --data gr_95z --method grad-cam rise:masks=500 --limit 50 --json
/// </example>
public sealed record Trust : NetworksOperation<TrustResult>
{
    // Of larger pictures fifty gradients for each map, and a dozen maps of each image, would take all the time.
    private const int LargePicture = 64 * 64;
    private const int FewSteps = 16;

    // Of the activations of resnet50 and larger networks, sixteen gradients for each map would, too.
    private const long LargeNetwork = 1L << 25;

    private static IReadOnlyList<AttributionMethod> Defaults(Classifier network) =>
    [
        new GradCam(), new InputGradient(),
        .. IsLarge(network)
            ? Array.Empty<AttributionMethod>()
            : [network.Shape.Height * network.Shape.Width > LargePicture ? new IntegratedGradients(FewSteps) : new IntegratedGradients()],
        new GuidedBackpropagation(), new EigenCam(),
    ];

    private static bool IsLarge(Classifier network) => BatchSize.Bytes(network) > LargeNetwork;

    /// <summary>The set whose predictions are explained.</summary>
    public required DataRef Data { get; init; }

    /// <summary>
    /// One or several attribution methods (default: grad-cam input-gradient integrated-gradients guided-backpropagation eigen-cam, of large networks
    /// without integrated-gradients; where the network has no maps, gradient-x-input stands for those that need them).
    /// </summary>
    [Called("method")]
    public IReadOnlyList<AttributionMethod> Methods { get; init; } = [];

    /// <summary>The cut to look at (default: the last with maps after ReLU).</summary>
    [Form("L")]
    public string? Layer { get; init; }

    /// <summary>
    /// Take N images, drawn so that every class keeps its share and the same for everybody; 0 for 100, with large networks for fewer.
    /// </summary>
    [Range(0, int.MaxValue)]
    public override int Limit { get; init; }

    /// <summary>Draw four panels for each network, as PNG.</summary>
    [Output("F.png")]
    public string? Out { get; init; }

    /// <inheritdoc/>
    internal override TrustResult Run(RunContext run)
    {
        ImageSet? images = null;
        var reports = new List<SanityCheckReport>();
        foreach (var model in Models)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            using var network = Load(model, run);
            var methods = AttributionMethod.OrDefault(Methods, network, Defaults(network));
            var set = Fitted(images ??= Found(network, methods.Count, run), network, run);
            var layer = Layer ?? methods.OrderBy(method => method.ReadsLayer).Last().DefaultLayer(network);
            reports.Add(SanityCheckReport.Of(model.Name, network, methods, set, Predictor.Classes(network, set, run), layer, run));
        }

        return new(reports, [.. reports.Select(SanityCheckVerdicts.Of)]);
    }

    /// <summary>The images asked for, or as many as the first network is checked on in some minutes.</summary>
    private ImageSet Found(Classifier network, int methods, RunContext run)
    {
        var usual = SanityCheckReport.ImagesOf(network, methods);
        var set = (this with { Limit = Limit > 0 ? Limit : usual }).Find(Data, Split.Test, network.Shape, run);
        if (Limit == 0 && set.Count == usual && usual < SanityCheckReport.UsualImages)
            run.Notice($"The network takes long for an image, so only {usual} are taken; --limit says another number.");
        if (Methods.Count == 0 && IsLarge(network))
        {
            run.Notice("Integrated gradients, which take sixteen times as long as others, are left out for a network of this size; "
                + "--method asks for them.");
        }

        return set;
    }
}

/// <summary>Whether attribution maps can be believed, network by network.</summary>
/// <param name="Networks">The sanity checks of each network's maps.</param>
/// <param name="Verdicts">What they found, in the same order.</param>
public sealed record TrustResult(IReadOnlyList<SanityCheckReport> Networks, IReadOnlyList<SanityCheckVerdicts> Verdicts);
