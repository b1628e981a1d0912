using Pentimento.Operations;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>The perturbations, gradients and robustness curves of a comparison.</summary>
internal sealed class CompareDrawing : Drawing<Compare, CompareResult>
{
    /// <inheritdoc/>
    protected override void Draw(Compare operation, CompareResult result)
    {
        if (operation.Out is not { } folder) return;
        var album = new AttackFigures(Path.GetFullPath(folder));
        album.Add(result.Samples);
        album.AddCurves([.. result.Rows.Select(row => (row.Network, row.Result))]);
    }
}
