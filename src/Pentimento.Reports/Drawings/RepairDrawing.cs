using Pentimento.Experiments;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pages;

namespace Pentimento.Reports.Drawings;

/// <summary>Draws the result of <c>repair</c>, networks without the shortcut: its HTML page, and the training curves of methods that train from
/// scratch.</summary>
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
