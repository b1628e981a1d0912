using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>What is computed once of a layer: the activations of some images, and what its channels make of them.</summary>
/// <param name="basis">What the layer is looked at as.</param>
/// <param name="activations">float32 (N, ...) at its cut.</param>
/// <param name="images">The images.</param>
/// <param name="encoded">float32 (U, N, P), its channels' values; null where they are the activations themselves.</param>
/// <param name="maxima">[U][N] the largest value of each channel in each image.</param>
internal sealed class KeptLayer(
    ChannelBasis basis, Tensor activations, ImageSet images, Tensor? encoded, IReadOnlyList<double[]> maxima) : IDisposable
{
    private const int MostCounted = 1000;

    // So many values of activations are kept, at most, a quarter of a gigabyte, and of features twice as many.
    private const long MostKept = 1L << 26;
    private const long MostEncoded = 1L << 27;
    private double? accuracy;

    /// <summary>What the layer is looked at as.</summary>
    public ChannelBasis Basis => basis;

    /// <summary>The images.</summary>
    public ImageSet Images => images;

    /// <summary>[U][N] the largest value of each channel in each image.</summary>
    public IReadOnlyList<double[]> Maxima => maxima;

    /// <summary>The share of the activations' variance that an autoencoder rebuilds; null of a layer's own channels.</summary>
    public double? Explained { get; init; }

    /// <summary>What each channel tells of the class, of other than its attribute.</summary>
    public IReadOnlyList<double> OfClass => Information.OfClass;

    /// <summary>What each channel tells of the images' attribute, of other than the class; empty where they have none.</summary>
    public IReadOnlyList<double> OfAttribute => Information.OfAttribute;

    private (IReadOnlyList<double> OfClass, IReadOnlyList<double> OfAttribute) Information => field.OfClass is null
        ? field = AttributeInformation.OfAll(Images, Maxima) : field;

    /// <summary>Reads images into a network up to a layer.</summary>
    public static KeptLayer Of(Workbench bench, LabNetwork network, ChannelBasis basis)
    {
        using var scope = NewDisposeScope();
        var set = bench.RequireImages();
        var chosen = set.Take((int)Math.Min(Affordable(set.Shape), Room(network, basis, bench)));
        var parts = new List<Tensor>();
        for (var start = 0; start < chosen.Count; start += 100)
        {
            using var inner = NewDisposeScope();
            var batch = Pixels.Slice(chosen, start, 100).to(bench.Run.Device.ToTorch());
            parts.Add(network.Network.Head(batch, basis.Cut).MoveToOuterDisposeScope());
        }

        var activations = cat(parts);
        var encoded = basis.Encoded(activations);
        var maxima = (encoded?.amax([2]) ?? Peaks(basis.Of(activations)).t()).cpu().to_type(float64).contiguous();
        return new(
            basis, activations.DetachFromDisposeScope(), chosen, encoded?.DetachFromDisposeScope(),
            [.. maxima.data<double>().ToArray().Chunk(chosen.Count)])
        {
            Explained = (basis as FeatureBasis)?.Explained(network.Network, chosen, bench.Run),
        };
    }

    /// <summary>The share of the images that a network predicts correctly as they are; computed once.</summary>
    public double Accuracy(Classifier network) => accuracy ??= Share(network, activations);

    /// <summary>The share that it predicts correctly where channels are edited, as <see cref="ChannelBasis.Edited"/>.</summary>
    public double Accuracy(Classifier network, Tensor keep, Tensor added) => Share(network, basis.Edited(activations, keep, added, encoded));

    /// <inheritdoc/>
    public void Dispose()
    {
        activations.Dispose();
        encoded?.Dispose();
    }

    private double Share(Classifier network, Tensor values) =>
        network.Tail(values, basis.Cut).argmax(1).cpu().eq(tensor(images.Labels)).to_type(float32).mean().item<float>();

    // A large picture takes its time in the network: a thousand of 28x28 are as many values as sixteen of 224x224.
    private static long Affordable(ImageShape shape) =>
        Math.Clamp(MostCounted * 28L * 28 * 16 / (shape.Height * (long)shape.Width), 50, MostCounted);

    /// <summary>The number of images for which there is room.</summary>
    private static long Room(LabNetwork network, ChannelBasis basis, Workbench bench)
    {
        var (shape, device) = (bench.Shape, bench.Run.Device.ToTorch());
        var one = network.Network.Head(zeros(1, shape.Channels, shape.Height, shape.Width, device: device), basis.Cut);
        var values = basis is FeatureBasis ? basis.Of(one).numel() : 1;
        return Math.Max(1, Math.Min(MostKept / one.numel(), MostEncoded / values));
    }

    private static Tensor Peaks(Tensor values) => values.dim() == 2 ? values : values.flatten(2).amax([2]);
}
