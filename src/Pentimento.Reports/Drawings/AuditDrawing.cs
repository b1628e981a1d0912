using Pentimento.Operations;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Style;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Drawings;

/// <summary>An audit's sheet: the same digits in every colour, and the sweep of hues.</summary>
internal sealed class AuditDrawing : Drawing<Audit, AuditResult>
{
    /// <inheritdoc/>
    protected override void Draw(Audit operation, AuditResult result)
    {
        if (operation.Out is not { } file) return;
        if (result is { Suspect: { Samples.Count: > 0 } suspect, Set: { } set }) Write(file, SwapPictures.Of("audit", suspect, set).Draw());
        if (result.Samples is not { } samples || result.Sweep is not { } sweep) return;
        var shape = samples.Set.Shape;
        var pictures = samples.Pixels
            .Select(row => (IReadOnlyList<Picture>)[.. row.Select(pixels => new Picture(shape.Width, shape.Height, pixels))]);
        var table = AuditSheet.Table(samples.Set, samples.Palette, [.. pictures], samples.Predicted);
        Write(file, new AuditSheet("audit", result.Verdict, table, new("hues", sweep, PlotColors.Lazy)).Draw());
    }
}
