using Pentimento.Evaluation;
using Pentimento.Reports.Style;

namespace Pentimento.Reports.Figures;

/// <summary>The accuracy of each group of a network's sets with its interval, below that of all images; the lowest where there are many.</summary>
/// <param name="Evaluations">One a set.</param>
public sealed record GroupBars(IReadOnlyList<SetEvaluation> Evaluations)
    : Bars("groups", Description(Evaluations), "accuracy", [new("groups", PlotColors.Repaired, [.. Evaluations.SelectMany(Of)])])
{
    private const int Most = 40;

    /// <inheritdoc/>
    public override int Width => 720;

    private static IEnumerable<Bar> Of(SetEvaluation evaluation)
    {
        var groups = evaluation.Groups ?? [];
        // In their own order, the lowest alone where they would not fit a page.
        var least = groups.OrderBy(group => group.Accuracy).Take(Most).ToHashSet();
        return groups.Where(least.Contains)
            .Select(group => new Bar($"{group} (n = {Numbers.Whole(group.Count)})", group.Accuracy ?? double.NaN, group.Low, group.High))
            .Prepend(new($"{evaluation.Data}, all images", evaluation.Accuracy, evaluation.Low, evaluation.High));
    }

    private static string Description(IReadOnlyList<SetEvaluation> evaluations) => "Bars of accuracy by group. "
        + string.Join(' ', evaluations.Select(evaluation =>
            $"{evaluation.Data}: {Numbers.Percent(evaluation.Accuracy)}. {evaluation.WorstGroupVerdict}"));
}
