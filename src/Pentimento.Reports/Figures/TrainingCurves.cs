using Pentimento.Evaluation;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Style;
using Pentimento.Training;

namespace Pentimento.Reports.Figures;

/// <summary>How a training went.</summary>
/// <param name="Loss">The objective's loss, and its penalty where it has one.</param>
/// <param name="Accuracy">The accuracy on every evaluated set: curves, or bars where one epoch makes none.</param>
public sealed record TrainingCurves(Curves Loss, PlotFigure Accuracy)
{
    /// <summary>The curves of a network's training.</summary>
    public static TrainingCurves Of(string network, IReadOnlyList<EpochRecord> history) =>
        new(LossOf(network, history), AccuracyOf(network, history));

    private static Curves LossOf(string network, IReadOnlyList<EpochRecord> history)
    {
        // Within an epoch each part's mean stands in the middle of the part.
        var moments = history.SelectMany(record => record.Losses.Select((_, part) => record.Epoch - 1 + ((part + 0.5) / record.Losses.Count)));
        var lines = new List<Curve> { new("loss", PlotColors.Of(network), [.. moments], [.. history.SelectMany(record => record.Losses)]) };
        foreach (var (at, set) in history[0].Validations.Index())
            lines.Add(
                new($"cross-entropy, {set.Data} held out", PlotColors.Sets[at % PlotColors.Sets.Count],
                    [.. history.Select(record => record.Validations[at].Loss)])
            );
        // In parts of an epoch too, so that the spike where a penalty's weight is raised can be seen.
        if (history.All(record => record.Penalties.Count == record.Losses.Count))
            lines.Add(new("penalty", PlotColors.Text, [.. moments], [.. history.SelectMany(record => record.Penalties)]));
        var alt = $"Loss of the {network} network by epoch: {string.Join(", ", history.Select(record => Numbers.Decimal(record.Loss, 4)))}.";
        return new($"loss-{network}", alt, "loss, logarithmic", lines, Scale.Decades);
    }

    private static PlotFigure AccuracyOf(string network, IReadOnlyList<EpochRecord> history)
    {
        var last = string.Join(", ", history[^1].Evaluations.Select(evaluation => $"{evaluation.Data} {Numbers.Percent(evaluation.Accuracy)}"));
        var alt = $"Accuracy of the {network} network by epoch; after the last one: {last}.";
        var sets = history[0].Evaluations.Select((set, at) => (Name: DatasetDescription.Title(set.Data), Of: Evaluated(at)))
            .Concat(history[0].Validations.Select((set, at) => (Name: $"{DatasetDescription.Title(set.Data)}, held out", Of: Validated(at))))
            .ToList();
        if (history.Count == 1)
        {
            var bars = sets.Select(set => BarOf(set.Name, set.Of(history[0]))).Prepend(new("training, on the way", history[0].Accuracy));
            return new Bars($"curve-{network}", alt, "accuracy", [new("after one epoch", PlotColors.Of(network), [.. bars])]);
        }

        var training = new Curve("training, on the way", PlotColors.Text, [.. history.Select(record => record.Accuracy)]) { Dashed = true };
        var lines = sets.Select((set, at) =>
            new Curve(set.Name, PlotColors.Sets[at % PlotColors.Sets.Count], [.. history.Select(record => set.Of(record).Accuracy)]));
        return new Curves($"curve-{network}", alt, "accuracy", [training, .. lines], Scale.Share);
    }

    private static Func<EpochRecord, SetAccuracy> Evaluated(int at) => record => record.Evaluations[at];

    private static Func<EpochRecord, SetAccuracy> Validated(int at) => record => record.Validations[at];

    private static Bar BarOf(string name, SetAccuracy accuracy) => new(name, accuracy.Accuracy, accuracy.Low, accuracy.High);
}
