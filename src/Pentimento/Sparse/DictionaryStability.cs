using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>The stability of dictionaries over seeds: the similarity of features after optimal matching.</summary>
/// <remarks>
/// Each feature of one dictionary is paired with one of the other so that the summed cosine of their directions is largest; compare Fel et al.,
/// 2025, "Archetypal SAE", arXiv:2502.12892.
/// </remarks>
/// <param name="Seeds">The number of trainings compared, each with each.</param>
/// <param name="Cosine">The mean cosine of matched directions.</param>
/// <param name="Same">The share of pairs with a cosine of at least 0.9.</param>
public sealed record DictionaryStability(int Seeds, double Cosine, double Same)
{
    private const double SameDirection = 0.9;

    /// <summary>Compares dictionaries of the same layer.</summary>
    /// <param name="dictionaries">Directions float32 (F, C), all of one shape.</param>
    public static DictionaryStability Of(IReadOnlyList<Tensor> dictionaries)
    {
        var cosines = new List<float>();
        for (var one = 0; one < dictionaries.Count; one++)
        {
            for (var other = 0; other < one; other++) cosines.AddRange(Matched(dictionaries[one], dictionaries[other]));
        }

        return new(
            dictionaries.Count,
            cosines.Count == 0 ? 1 : cosines.Average(),
            cosines.Count == 0 ? 1 : (double)cosines.Count(cosine => cosine >= SameDirection) / cosines.Count);
    }

    private static IEnumerable<float> Matched(Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        var cosines = Directions(one).matmul(Directions(other).t()).cpu().contiguous().data<float>().ToArray();
        var similarity = cosines.Chunk((int)other.shape[0]).ToArray();
        return [.. Hungarian.Assign(similarity).Select((column, row) => similarity[row][column])];
    }

    private static Tensor Directions(Tensor dictionary)
    {
        var free = dictionary.detach();
        return free / free.norm(1, keepdim: true).clamp_min(1e-8);
    }
}
