using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Style;

namespace Pentimento.Reports.Figures;

/// <summary>How the methods of a bench went: reversed accuracy by epoch, and the penalties of those that have one.</summary>
internal static class RepairCurves
{
    /// <summary>The curves of a bench; a line is a method's first training.</summary>
    public static IReadOnlyList<Curves> Of(RepairResult result)
    {
        // The network as it is has no curve.
        var trained = result.Methods.Where(method => method.Trials.Count > 0).ToList();
        var lines = trained
            .Select((method, at) => (method.Name, Color: PlotColors.Sets[at % PlotColors.Sets.Count], method.Trials[0].History)).ToList();
        if (lines.Count == 0)
            return [];
        var reversed = lines
            .Select(line => new Curve(line.Name, line.Color, [.. line.History.Select(epoch => epoch.Evaluations[1].Accuracy)]))
            .ToList();
        var last = string.Join(", ", trained.Select(method => $"{method.Name} {Numbers.Percent(method.Reversed)}"));
        var curves = new List<Curves>
        {
            new(
                "repair-reversed",
                $"Accuracy on {result.Tests[1]} by epoch; at the end: {last}.",
                $"accuracy on {result.Tests[1]}",
                reversed,
                Scale.Share),
        };
        var penalties = lines
            .Where(line => line.History.All(epoch => epoch.Penalties.Count > 0))
            .Select(line => new Curve(
                line.Name,
                line.Color,
                [.. line.History.SelectMany(epoch => epoch.Penalties.Select((_, part) => epoch.Epoch - 1 + ((part + 0.5) / epoch.Penalties.Count)))],
                [.. line.History.SelectMany(epoch => epoch.Penalties)]))
            .ToList();
        if (penalties.Count > 0)
            curves.Add(
                new(
                    "repair-penalty",
                    "Unweighted penalty by epoch; it is weighed from the end of the first third on.",
                    "penalty, logarithmic",
                    penalties,
                    Scale.Decades));
        return curves;
    }
}
