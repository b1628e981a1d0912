using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>Sanity checks of attribution methods on one network: parameter randomization, deletion and insertion, max-sensitivity,
/// agreement.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Layer">The cut used by the methods that attribute to a layer.</param>
/// <param name="Methods">The attribution methods.</param>
/// <param name="Randomization">The parameter randomization test of each method.</param>
/// <param name="Removal">The deletion and insertion curves of each method.</param>
/// <param name="Sensitivity">The max-sensitivity of each method.</param>
/// <param name="Agreement">[method][method], the mean rank correlation of their maps.</param>
public sealed record SanityCheckReport(
    string Network,
    string Data,
    int Count,
    string Layer,
    IReadOnlyList<AttributionMethod> Methods,
    IReadOnlyList<ParameterRandomization> Randomization,
    IReadOnlyList<RemovalCurves> Removal,
    IReadOnlyList<NoiseSensitivity> Sensitivity,
    IReadOnlyList<IReadOnlyList<double>> Agreement)
{
    /// <summary>How many images are enough.</summary>
    internal const int UsualImages = 100;

    // Two of the checks explain every image a dozen times; of larger pictures, which cost as much more, some are enough.
    private const int LargePicture = 64 * 64;
    private const int FewImages = 16;
    private const int LeastImages = 4;

    // In explanations of an image, which are about three passes each: some eight with random weights, removal, and ten with noise.
    private const int Randomized = 8;
    private const int Removed = 6;
    private const int Noisy = 10;

    // What a large network may do for each half, in some minutes: its activations are a measure of its work.
    private const long Affordable = 1L << 38;
    private const int PassesOfAnExplanation = 3;

    /// <summary>How many images are explained where nobody says: a hundred, of large networks fewer.</summary>
    internal static int ImagesOf(Classifier network, int methods) => Fitting(network, methods * (1 + Removed), UsualImages);

    private static int Fitting(Classifier network, int explanations, int most) =>
        (int)Math.Min(most, Math.Max(LeastImages, Affordable / (PassesOfAnExplanation * explanations * BatchSize.Bytes(network))));

    /// <summary>On how many of the images, the first ones, parameter randomization and max-sensitivity were measured.</summary>
    public int Repeated { get; init; } = Count;

    /// <summary>The methods that give every place of every image the same evidence, as where a last layer is all zeros: no check applies to
    /// them.</summary>
    public IReadOnlyList<AttributionMethod> Blank { get; init; } = [];

    /// <summary>Runs every check for the predicted classes.</summary>
    /// <param name="name">The network's name.</param>
    /// <param name="network">The network.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="set">The images; a hundred are enough.</param>
    /// <param name="predictions">int64 (N), the predicted classes.</param>
    /// <param name="layer">The cut to whose activations the methods attribute.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    internal static SanityCheckReport Of(
        string name,
        Classifier network,
        IReadOnlyList<AttributionMethod> methods,
        ImageSet set,
        long[] predictions,
        string layer,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        run = run.Called($"check maps of {name}");
        var most = set.Shape.Height * set.Shape.Width > LargePicture ? Math.Min(FewImages, set.Count) : set.Count;
        var few = set.First(Fitting(network, methods.Count * (1 + Randomized + Noisy), most));
        int[] parts = [set.Count, few.Count == set.Count ? 0 : few.Count, Randomized * few.Count, Removed * set.Count, Noisy * few.Count];
        RunContext Part(int check, int at = 0, int of = 1) =>
            run.Part(parts.Take(check).Sum(), parts[check], parts.Sum()).Part(at, 1, of);
        List<Tensor> Maps(ImageSet images, long[] classes, int part) =>
            [.. methods.Select((method, at) => method.ExplainSet(network, images, classes, layer, Part(part, at, methods.Count)))];
        var maps = Maps(set, predictions, 0);
        var (theirs, fewMaps) = (predictions[..few.Count], few.Count == set.Count ? maps : Maps(few, predictions[..few.Count], 1));
        var large = maps.Select(map => AttributionMethod.Upsampled(map, set.Shape)).ToList();
        return new(
            name, set.Name, set.Count, layer, methods,
            ParameterRandomization.Of(methods, fewMaps, network, few, theirs, layer, Part(2)),
            [.. methods.Select((method, at) => RemovalCurves.Of(method, maps[at], network, set, predictions, Part(3, at, methods.Count)))],
            [.. methods.Select((method, at) => NoiseSensitivity.Of(method, fewMaps[at], network, few, theirs, layer, Part(4, at, methods.Count)))],
            [.. large.Select(one => large.Select(other => Ranks.Correlation(one, other).mean().item<double>()).ToArray())])
        {
            Repeated = few.Count,
            Blank = [.. methods.Where((_, at) => IsBlank(maps[at]))],
        };
    }

    private static bool IsBlank(Tensor maps) => maps.flatten(1).amax(1).eq(maps.flatten(1).amin(1)).all().item<bool>();
}
