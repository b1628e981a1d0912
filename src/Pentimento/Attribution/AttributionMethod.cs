using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>A way to say which places of an image speak for a class.</summary>
[Family("attributions")]
public abstract record AttributionMethod
{
    private const int Batch = 250;

    /// <summary>Whether the layer matters; some methods look at the image itself.</summary>
    public virtual bool ReadsLayer => true;

    /// <summary>The layer it looks at unless told another; any will do for a method that looks at the image itself.</summary>
    /// <exception cref="BadInputException">It needs maps, and the network has none.</exception>
    public string UsualLayer(Classifier network) => ReadsLayer ? network.LastRelu : network.Cuts.First();

    /// <summary>This method, or where it needs maps and the network has none, HiResCAM with the image itself as its layer: gradient times
    /// input.</summary>
    public AttributionMethod FittedTo(Classifier network) => ReadsLayer && !network.Maps.Any() ? new GradientTimesInput() : this;

    /// <summary>What a reader of its maps must know, or null.</summary>
    public virtual string? Caution => null;

    /// <summary>Maps of a batch, signed and at the method's own resolution: float32 (B, h, w), for the logits of the target classes.</summary>
    /// <param name="network">In evaluation mode; its weights are not touched.</param>
    /// <param name="images">float32 (B, C, H, W) in [0, 1].</param>
    /// <param name="targets">int64 (B), the class of each image that is explained.</param>
    /// <param name="layer">The cut at which the method looks.</param>
    /// <param name="run">Randomness, the same for every batch; progress, and the wish to stop.</param>
    public abstract Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run);

    /// <summary>Maps of a whole set, signed and at the method's own resolution: float32 (N, h, w) on the processor.</summary>
    /// <exception cref="BadInputException">The images do not fit the network, or it has no such layer.</exception>
    public Tensor ExplainSet(Classifier network, ImageSet set, long[] targets, string layer, RunContext run)
    {
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        using var scope = NewDisposeScope();
        var device = run.Device.ToTorch();
        var (images, classes, parts) = (set.Tensor(), tensor(targets), new List<Tensor>());
        for (var start = 0; start < set.Count; start += Batch)
        {
            using var inner = NewDisposeScope();
            var end = Math.Min(start + Batch, set.Count);
            var maps = Explain(
                network,
                Pixels.Slice(images, start, Batch).to(device),
                classes.slice(0, start, end, 1).to(device),
                layer,
                run.Part(start, end - start, set.Count));
            parts.Add(maps.cpu().MoveToOuterDisposeScope());
            run.Report(new($"explain {set.Name}", end, set.Count));
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>Keeps what speaks for the class and enlarges to the image's size.</summary>
    /// <param name="maps">float32 (N, h, w), signed.</param>
    /// <param name="shape">The size of the images.</param>
    public static Tensor Evidence(Tensor maps, ImageShape shape)
    {
        using var scope = NewDisposeScope();
        return Enlarged(nn.functional.relu(maps), shape).MoveToOuterDisposeScope();
    }

    /// <summary>Enlarges to the image's size, float32 (N, H, W): bilinear, pixel centres at halves, edges clamped.</summary>
    /// <param name="maps">float32 (N, h, w).</param>
    /// <param name="shape">The size of the images.</param>
    public static Tensor Enlarged(Tensor maps, ImageShape shape)
    {
        using var scope = NewDisposeScope();
        return nn.functional.interpolate(maps.unsqueeze(1), [shape.Height, shape.Width], mode: InterpolationMode.Bilinear, align_corners: false)
            .squeeze(1).MoveToOuterDisposeScope();
    }
}
