using Pentimento.Attribution;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Operations;

/// <summary>Some images with one network's predictions and one method's maps of them, for a drawing.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Method">The attribution method.</param>
/// <param name="Images">The images.</param>
/// <param name="Predicted">int64 (N), the predicted classes.</param>
/// <param name="Maps">float32 (H, W) of each image.</param>
/// <param name="Outside">Whether each map's evidence lies outside the object; empty where that is not asked.</param>
internal sealed record ExplainedSamples(
    string Network,
    AttributionMethod Method,
    ImageSet Images,
    long[] Predicted,
    float[][] Maps,
    bool[] Outside)
{
    private const int Most = 12;

    /// <summary>Takes the first image of each class, or every image where cases are looked for.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="method">The attribution method.</param>
    /// <param name="set">All images.</param>
    /// <param name="predicted">int64 (N), the predicted classes.</param>
    /// <param name="maps">float32 (N, h, w), signed.</param>
    /// <param name="signed">Whether evidence against the class is kept.</param>
    /// <param name="cases">Whether every image is taken, and those whose evidence lies outside the object are marked.</param>
    public static ExplainedSamples Of(
        string network, AttributionMethod method, ImageSet set, long[] predicted, Tensor maps, bool signed, bool cases)
    {
        using var scope = NewDisposeScope();
        int[] places = cases ? [.. Enumerable.Range(0, set.Count)] : [.. set.FirstOfEachClass().Take(Most)];
        var drawn = maps.index_select(0, tensor(places));
        var evidence = signed ? AttributionMethod.Upsampled(drawn, set.Shape) : AttributionMethod.Evidence(drawn, set.Shape);
        return new(
            network, method, set.Pick(places), [.. places.Select(at => predicted[at])],
            evidence.contiguous().data<float>().ToArray().Chunk(set.Shape.Height * set.Shape.Width).ToArray(),
            cases ? EvidenceLocalization.OutsideForeground(evidence, EvidenceLocalization.Foreground(set)).data<bool>().ToArray() : []);
    }
}
