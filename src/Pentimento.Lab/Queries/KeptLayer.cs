using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>What is computed once of a layer: the activations of some images, and what its channels make of them.</summary>
/// <param name="Basis">What the layer is looked at as.</param>
/// <param name="Activations">float32 (N, ...) at its cut.</param>
/// <param name="Images">The images.</param>
/// <param name="Maxima">[U][N] the largest value of each channel in each image.</param>
internal sealed record KeptLayer(ChannelBasis Basis, Tensor Activations, ImageSet Images, IReadOnlyList<double[]> Maxima) : IDisposable
{
    private const int MostCounted = 1000;

    // So many values of activations are kept, at most: a quarter of a gigabyte.
    private const long MostKept = 1L << 26;

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
        var size = network.Network.Describe().First(cut => cut.Name == basis.Cut).Shape.Aggregate(1L, (product, side) => product * side);
        // A large picture takes its time in the network: a thousand of 28x28 are as many values as sixteen of 224x224.
        var affordable = (int)Math.Clamp(MostCounted * 28L * 28 * 16 / (set.Shape.Height * (long)set.Shape.Width), 50, MostCounted);
        var chosen = set.Take((int)Math.Min(affordable, Math.Max(1, MostKept / size)));
        var parts = new List<Tensor>();
        for (var start = 0; start < chosen.Count; start += 100)
        {
            using var inner = NewDisposeScope();
            var batch = Pixels.Slice(chosen, start, 100).to(bench.Run.Device.ToTorch());
            parts.Add(network.Network.Head(batch, basis.Cut).MoveToOuterDisposeScope());
        }

        var activations = cat(parts);
        var maxima = basis.Maxima(activations).to_type(float64).t().contiguous();
        return new(basis, activations.DetachFromDisposeScope(), chosen, [.. maxima.data<double>().ToArray().Chunk(chosen.Count)])
        {
            Explained = (basis as FeatureBasis)?.Explained(network.Network, chosen, bench.Run),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Activations.Dispose();
}
