using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Experiments;

/// <summary>One network and what it does.</summary>
/// <param name="Outcome">Of held-out images.</param>
/// <param name="Tests">Its accuracies on them as they are, on those that contradict the shortcut, and on further sets.</param>
internal sealed record FineTuneAttempt(HeldOutOutcome Outcome, IReadOnlyList<SetAccuracy> Tests)
{
    /// <summary>The time of the training.</summary>
    public double Seconds { get; init; }

    /// <summary>The network's weights.</summary>
    public IReadOnlyDictionary<string, NpyArray> Weights { get; init; } = new Dictionary<string, NpyArray>();

    /// <summary>The predicted classes of each further set.</summary>
    public IReadOnlyList<long[]> Predicted { get; init; } = [];

    /// <summary>Measures a network.</summary>
    public static FineTuneAttempt Of(Classifier network, HeldOutComparison comparison, IReadOnlyList<ImageSet> tests, RunContext run)
    {
        var outcome = comparison.Of(network, run);
        var (accuracies, predicted) = (new List<SetAccuracy>(), new List<long[]>());
        foreach (var test in tests)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var logits = Predictor.Logits(network, test, run);
            accuracies.Add(SetAccuracy.Of(logits, test));
            predicted.Add(Predictions.Of(logits, test).Classes);
        }

        return new(outcome, [.. outcome.Accuracies, .. accuracies]) { Predicted = predicted };
    }
}
