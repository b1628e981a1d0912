using Pentimento.Cli.Terminal;
using Pentimento.Operations;
using Pentimento.Reports.Drawings;

namespace Pentimento.Cli.Views;

/// <summary>The path of the sheet; before it a preview, in a terminal that can show colours.</summary>
internal sealed class ShowView : View<Show, ShowResult>
{
    /// <inheritdoc/>
    protected override bool NamesFiles => false;

    /// <inheritdoc/>
    protected override void Print(Show operation, ShowResult result, TextWriter output)
    {
        if (AnswerWriter.IsStandard(output))
            Preview.Show(Console.Error, result.Images!, ShowDrawing.SheetOf(operation, result).Columns);
        output.WriteLine(result.File);
    }
}
