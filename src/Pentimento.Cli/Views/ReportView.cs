using Pentimento.Cli.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The path alone, for scripts.</summary>
internal sealed class ReportView : View<ReportResult>
{
    /// <inheritdoc/>
    protected override bool NamesFiles => false;

    /// <inheritdoc/>
    protected override void Print(ReportResult result, TextWriter output) => output.WriteLine(result.Report);
}
