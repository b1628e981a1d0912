using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>The similarity of the pictures of one channel, by the Gram matrices of a layer's activations.</summary>
/// <remarks>Olah, Mordvintsev and Schubert, 2017, "Feature visualization", Distill: the cosine between Gram matrices, which are independent of
/// position.</remarks>
internal static class GramSimilarity
{
    /// <summary>For each group of copies the mean cosine, -1..1, over its pairs: (B / copies).</summary>
    /// <param name="activations">(B, C, H, W) or (B, C), copies standing together.</param>
    /// <param name="copies">Number of pictures of each channel, at least 2.</param>
    public static Tensor Of(Tensor activations, int copies)
    {
        using var scope = NewDisposeScope();
        var places = activations.dim() == 4 ? activations.flatten(2) : activations.unsqueeze(2);
        var grams = activations.dim() == 4 ? places.bmm(places.transpose(1, 2)) : places;
        var flat = nn.functional.normalize(grams.flatten(1), 2, 1).view(-1, copies, grams.shape[1] * grams.shape[2]);
        var cosines = flat.bmm(flat.transpose(1, 2));
        // The diagonal holds each picture's similarity to itself, 1.
        return ((cosines.sum([1, 2]) - copies) / (copies * (copies - 1))).MoveToOuterDisposeScope();
    }
}
