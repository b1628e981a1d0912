using Pentimento.Operations;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>The contact sheet.</summary>
internal sealed class ShowDrawing : Drawing<Show, ShowResult>
{
    /// <summary>The sheet of a result.</summary>
    public static ContactSheet SheetOf(Show operation, ShowResult result) => new(result.Images!, operation.Rows, operation.By);

    /// <inheritdoc/>
    protected override void Draw(Show operation, ShowResult result) => Write(result.File, SheetOf(operation, result).Draw());
}
