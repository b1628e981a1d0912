using Pentimento.Cli.Operations;

namespace Pentimento.Cli.Views;

/// <summary>Prints the path of the page, for scripts.</summary>
internal sealed class ReportView : View<ReportResult>
{
    /// <inheritdoc/>
    protected override bool NamesFiles => false;

    /// <inheritdoc/>
    protected override void Print(ReportResult result, TextWriter output) => output.WriteLine(result.Report);
}
