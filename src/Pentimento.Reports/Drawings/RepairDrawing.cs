using Pentimento.Experiments;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pages;

namespace Pentimento.Reports.Drawings;

/// <summary>The page of a repair, and the curves of methods that were trained anew, in the run's figures.</summary>
internal sealed class RepairDrawing : Drawing<Repair, RepairResult>
{
    /// <inheritdoc/>
    protected override void Draw(Repair operation, RepairResult result)
    {
        if (result.Page is { } page)
        {
            SafeFile.Write(
                Path.GetFullPath(page), Rendering.Html<RepairDocument>(new() { ["Operation"] = operation, ["Result"] = result }));
        }

        if (result.IsOwnWeights) return;
        foreach (var figure in RepairCurves.Of(result)) figure.Save(Path.Combine(result.Run, "figures"));
    }
}
