using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>An attribution method: computes how much each location of an image contributes to the logit of a class.</summary>
[Family("attributions")]
public abstract record AttributionMethod
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator AttributionMethod(string spec) => Catalog.Read<AttributionMethod>(spec);

    private const int Batch = 250;

    /// <summary>Whether the method attributes to a layer; some attribute to the image itself.</summary>
    public virtual bool ReadsLayer => true;

    /// <summary>The default layer: the last ReLU; any will do for a method that attributes to the image itself.</summary>
    /// <exception cref="BadInputException">It needs maps, and the network has none.</exception>
    internal string DefaultLayer(Classifier network) => ReadsLayer ? network.LastRelu : network.Cuts.First();

    /// <summary>This method, or gradient times input where it needs maps and the network has none: HiResCAM with the image itself as its
    /// layer.</summary>
    internal AttributionMethod FittedTo(Classifier network) => ReadsLayer && !network.HasMaps ? new GradientTimesInput() : this;

    /// <summary>The methods asked for or, where there are none, the default ones as they fit a network.</summary>
    internal static IReadOnlyList<AttributionMethod> OrDefault(
        IReadOnlyList<AttributionMethod> asked, Classifier network, IReadOnlyList<AttributionMethod> defaults) =>
        asked.Count > 0 ? asked : [.. defaults.Select(method => method.FittedTo(network)).Distinct()];

    /// <summary>A known limitation of its maps, or null.</summary>
    public virtual string? Caution => null;

    /// <summary>How many passes forward take as long as one gradient: a pass backward takes about as long as two.</summary>
    private protected const int PassesOfAGradient = 3;

    /// <summary>The same method, coarser, for a first look; null where it needs no more passes anyway, or cannot do with less.</summary>
    /// <param name="passes">How often the network may be run forward for an image, at least once; a gradient counts as three times.</param>
    /// <param name="shape">The size of the images.</param>
    internal virtual AttributionMethod? Draft(int passes, ImageShape shape) => null;

    /// <summary>Computes the attribution maps of a batch for the logits of the target classes: float32 (B, h, w), signed, at the method's own
    /// resolution.</summary>
    /// <param name="network">In evaluation mode; its weights are not changed.</param>
    /// <param name="images">float32 (B, C, H, W) in [0, 1].</param>
    /// <param name="targets">int64 (B), the class of each image that is explained.</param>
    /// <param name="layer">The cut to whose activations the method attributes.</param>
    /// <param name="run">Device, seed (the same for every batch), progress and cancellation.</param>
    internal abstract Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run);

    /// <summary>Computes the attribution maps of a whole set in batches: float32 (N, h, w) on the CPU, signed, at the method's own
    /// resolution.</summary>
    /// <exception cref="BadInputException">The images do not fit the network, or it has no such layer.</exception>
    internal Tensor ExplainSet(Classifier network, ImageSet set, long[] targets, string layer, RunContext run)
    {
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        using var scope = NewDisposeScope();
        return ExplainAll(network, set.Count, (start, size) => Pixels.Slice(set, start, size), targets, set.Name, layer, run)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The maps of many images in batches that fit a run's memory, as <see cref="ExplainSet"/>.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="count">How many images there are.</param>
    /// <param name="images">Some of them: from which on, and how many.</param>
    /// <param name="targets">The class of each image that is explained.</param>
    /// <param name="name">What the images are called.</param>
    /// <param name="layer">The cut to whose activations the method attributes.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    internal Tensor ExplainAll(
        Classifier network, int count, Func<int, int, Tensor> images, long[] targets, string name, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var device = run.Device.ToTorch();
        var (classes, parts) = (tensor(targets), new List<Tensor>());
        // An image, its gradient and what either is made of.
        var size = BatchSize.Of(network, Batch, run, copies: 3);
        for (var start = 0; start < count; start += size)
        {
            using var inner = NewDisposeScope();
            var end = Math.Min(start + size, count);
            var maps = Explain(
                network, images(start, size).to(device), classes.slice(0, start, end, 1).to(device), layer, run.Part(start, end - start, count));
            parts.Add(maps.cpu().MoveToOuterDisposeScope());
            run.Report(new($"explain {name}", end, count));
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>Positive evidence at the image's size: ReLU, then bilinear upsampling, float32 (N, H, W).</summary>
    /// <param name="maps">float32 (N, h, w), signed.</param>
    /// <param name="shape">The size of the images.</param>
    internal static Tensor Evidence(Tensor maps, ImageShape shape)
    {
        using var scope = NewDisposeScope();
        return Upsampled(nn.functional.relu(maps), shape).MoveToOuterDisposeScope();
    }

    /// <summary>Bilinear upsampling to the image's size, float32 (N, H, W), with align_corners false.</summary>
    /// <param name="maps">float32 (N, h, w).</param>
    /// <param name="shape">The size of the images.</param>
    internal static Tensor Upsampled(Tensor maps, ImageShape shape)
    {
        using var scope = NewDisposeScope();
        return nn.functional.interpolate(maps.unsqueeze(1), [shape.Height, shape.Width], mode: InterpolationMode.Bilinear, align_corners: false)
            .squeeze(1).MoveToOuterDisposeScope();
    }
}
