using Pentimento.Experiments;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>The curves of a bench's methods, in the run's figures.</summary>
internal sealed class RepairDrawing : Drawing<Repair, RepairResult>
{
    /// <inheritdoc/>
    protected override void Draw(Repair operation, RepairResult result)
    {
        if (result.Against is not null) return;
        foreach (var figure in RepairCurves.Of(result)) figure.Save(Path.Combine(result.Run, "figures"));
    }
}
