using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>Own against reversed accuracy: a point for each kept network, a faint trail through the epochs that led to it.</summary>
/// <param name="Groups">The trials, best first.</param>
/// <param name="Own">The name of the networks' own set, at the first place of every result.</param>
/// <param name="Reversed">The name of the reversed one, at the second.</param>
internal sealed record SweepScatter(IReadOnlyList<TrialGroup> Groups, string Own, string Reversed) : PlotFigure
{
    private const int Named = 4;
    private const int Longest = 76;

    /// <inheritdoc/>
    public override string Name => SweepTrainingsResult.FigureName;

    /// <inheritdoc/>
    public override string Alt =>
        $"Accuracy on {Own} against {Reversed}. "
        + string.Join(
            "; ",
            Groups
                .Where(group => group.Trials.Count > 0)
                .Take(Named)
                .Select(group =>
                    $"{group.Name}: {Numbers.Percent(group.Accuracy(OwnOf).Mean)} and {Numbers.Percent(group.Accuracy(ReversedOf).Mean)}"))
        + ".";

    /// <inheritdoc/>
    public override int Width => 720;

    /// <inheritdoc/>
    public override int Height => 460;

    /// <inheritdoc/>
    public override Table? Values =>
        new(
            ["place", "trial", "repetition", Own, Reversed],
            [
                .. Groups.SelectMany(
                    (group, at) =>
                        group.Trials.Select(
                            (trial, time) => (IConvertible?[])[at + 1, group.Name, time + 1, OwnOf(trial).Accuracy, ReversedOf(trial).Accuracy])),
            ]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks => Groups.SelectMany((group, at) => group.Trials.Select(trial => new Mark(
        OwnOf(trial).Accuracy, ReversedOf(trial).Accuracy,
        $"{at + 1}. {group.Name}: {Own} {Numbers.Percent(OwnOf(trial).Accuracy)}, {Reversed} {Numbers.Percent(ReversedOf(trial).Accuracy)}")));

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        // Drawn from last to first, so that the best lie on top.
        foreach (var (at, group) in Groups.Index().Reverse())
        {
            var color = at < Named ? PlotColors.Sets[at] : PlotColors.Text.WithAlpha(0.45);
            foreach (var trial in group.Trials) DrawTrial(plot, trial, color, at < Named);
            if (at >= Named || group.Trials.Count == 0) continue;
            Title(plot, at, group, color);
        }

        plot.Axes.Bottom.Shares();
        plot.Axes.Left.Shares();
        plot.Axes.SetLimits(-0.02, 1.02, -0.02, 1.02);
        plot.XLabel($"accuracy on {Own}");
        plot.YLabel($"accuracy on {Reversed}");
        plot.HideLegend();
    }

    /// <summary>Names a group in the upper left, where no network is: one that reads swapped colours better than its own would have to be
    /// there.</summary>
    private static void Title(Plot plot, int at, TrialGroup group, Color color)
    {
        var y = 0.97 - (0.065 * at);
        plot.Add.Marker(0.01, y, MarkerShape.FilledCircle, 9, color);
        plot.Write($"{at + 1}. {(group.Name.Length > Longest ? $"{group.Name[..Longest]}…" : group.Name)}", 0.03, y, Alignment.MiddleLeft);
    }

    private static void DrawTrial(Plot plot, TrialResult trial, Color color, bool trail)
    {
        var epochs = trial.History.Where(epoch => epoch.Validations.Count > 1).ToList();
        if (trail && epochs.Count > 1)
        {
            var line = plot.Add.ScatterLine(
                epochs.Select(epoch => epoch.Validations[0].Accuracy).ToArray(),
                epochs.Select(epoch => epoch.Validations[1].Accuracy).ToArray(),
                color.WithAlpha(0.5));
            line.LineWidth = 1;
        }

        var point = plot.Add.Marker(OwnOf(trial).Accuracy, ReversedOf(trial).Accuracy, MarkerShape.FilledCircle, 8, color);
        point.MarkerStyle.OutlineColor = PlotColors.Paper;
        point.MarkerStyle.OutlineWidth = 1;
    }

    private static Evaluation.SetAccuracy OwnOf(TrialResult trial) => trial.Evaluations[0];

    private static Evaluation.SetAccuracy ReversedOf(TrialResult trial) => trial.Evaluations[1];
}
