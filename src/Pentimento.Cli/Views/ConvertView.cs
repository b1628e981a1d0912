using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>Prints the path of the converted file, for scripts.</summary>
internal sealed class ConvertView : View<ConvertResult>
{
    /// <inheritdoc/>
    protected override bool NamesFiles => false;

    /// <inheritdoc/>
    protected override void Print(ConvertResult result, TextWriter output) => output.WriteLine(result.File);
}
