using Pentimento.Evaluation;
using Pentimento.Reports.Look;
using Pentimento.Training;

namespace Pentimento.Reports.Figures;

/// <summary>How a training went.</summary>
/// <param name="Loss">The objective's loss, and its penalty where it has one.</param>
/// <param name="Accuracy">The accuracy on every evaluated set.</param>
public sealed record TrainingCurves(Curves Loss, Curves Accuracy)
{
    /// <summary>The curves of a network's training.</summary>
    public static TrainingCurves Of(string network, IReadOnlyList<EpochRecord> history) =>
        new(LossOf(network, history), AccuracyOf(network, history));

    private static Curves LossOf(string network, IReadOnlyList<EpochRecord> history)
    {
        // Within an epoch each part's mean stands in the middle of the part.
        var moments = history.SelectMany(record => record.Losses.Select((_, part) => record.Epoch - 1 + ((part + 0.5) / record.Losses.Count)));
        var lines = new List<Curve> { new("loss", Ink.Of(network), [.. moments], [.. history.SelectMany(record => record.Losses)]) };
        foreach (var (at, set) in history[0].Validations.Index())
            lines.Add(
                new($"cross-entropy, {set.Data} held out", Ink.Sets[at % Ink.Sets.Count], [.. history.Select(record => record.Validations[at].Loss)])
            );
        // In parts of an epoch too, so that the spike where a penalty's weight is raised can be seen.
        if (history.All(record => record.Penalties.Count == record.Losses.Count))
            lines.Add(new("penalty", Ink.Text, [.. moments], [.. history.SelectMany(record => record.Penalties)]));
        var alt = $"Loss of the {network} network by epoch: {string.Join(", ", history.Select(record => Numbers.Decimal(record.Loss, 4)))}.";
        return new($"loss-{network}", alt, "loss, logarithmic", lines, Scale.Decades);
    }

    private static Curves AccuracyOf(string network, IReadOnlyList<EpochRecord> history)
    {
        var lines = new List<Curve> { new("training, on the way", Ink.Text, [.. history.Select(record => record.Accuracy)]) };
        void Add(string name, Func<EpochRecord, double> value) =>
            lines.Add(new(name, Ink.Sets[(lines.Count - 1) % Ink.Sets.Count], [.. history.Select(value)]));
        foreach (var (at, set) in history[0].Evaluations.Index())
            Add(set.Data, record => record.Evaluations[at].Accuracy);
        foreach (var (at, set) in history[0].Validations.Index())
            Add($"{set.Data}, held out", record => record.Validations[at].Accuracy);
        var last = string.Join(", ", history[^1].Evaluations.Select(evaluation => $"{evaluation.Data} {Numbers.Percent(evaluation.Accuracy)}"));
        return new($"curve-{network}", $"Accuracy of the {network} network by epoch; after the last one: {last}.", "accuracy", lines, Scale.Share);
    }
}
