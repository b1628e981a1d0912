using Pentimento.Experiments;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>Own against reversed accuracy of a sweep's trials, in the run's figures.</summary>
internal sealed class SweepTrainingsDrawing : Drawing<SweepTrainings, SweepTrainingsResult>
{
    /// <inheritdoc/>
    protected override void Draw(SweepTrainings operation, SweepTrainingsResult result)
    {
        if (result.Figure is not { } file) return;
        new SweepScatter(TrialGroup.Rank(result.Trials), result.Evaluated[0], result.Evaluated[1]).Save(Path.GetDirectoryName(file)!);
    }
}
