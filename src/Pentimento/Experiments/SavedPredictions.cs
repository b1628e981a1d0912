using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Experiments;

/// <summary>The predictions of a network on sets that it was evaluated on already, read off the logits that were saved.</summary>
/// <param name="file">The npz: <c>logits</c>, float32 (N, K) of all sets in their order.</param>
/// <param name="evaluations">The evaluations of these sets, for their counts.</param>
internal sealed class SavedPredictions(string file, IReadOnlyList<SetEvaluation> evaluations)
{
    private readonly Lazy<NpyArray> logits = new(() =>
        Npz.Read(file).GetValueOrDefault("logits") ?? throw new BadInputException($"{file} holds no array 'logits'."));

    /// <summary>The logits of the images of a set, float32 (N, K).</summary>
    /// <param name="place">The set's place among the evaluated ones.</param>
    /// <exception cref="BadInputException">The file does not fit the evaluations.</exception>
    public Tensor Logits(int place)
    {
        var values = logits.Value.As<float>(2, file);
        var classes = (int)logits.Value.Shape[1];
        var start = evaluations.Take(place).Sum(evaluation => evaluation.Count);
        var count = evaluations[place].Count;
        Require.That(start + count <= logits.Value.Shape[0], $"{file} holds fewer logits than images were evaluated.");
        return tensor(values[(start * classes)..((start + count) * classes)], count, classes);
    }

    /// <summary>The predicted class of each image of a set, int64 (N).</summary>
    /// <inheritdoc cref="Logits"/>
    public long[] Classes(int place)
    {
        using var scope = NewDisposeScope();
        return Logits(place).argmax(1).data<long>().ToArray();
    }
}
