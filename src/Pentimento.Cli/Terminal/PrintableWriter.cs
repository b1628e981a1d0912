using System.Text;

namespace Pentimento.Cli.Terminal;

/// <summary>
/// A writer for sentences that quote files: names of classes, columns and sets reach the terminal as letters, whatever commands to it they hold.
/// </summary>
/// <param name="inner">Where the text goes.</param>
internal sealed class PrintableWriter(TextWriter inner) : TextWriter
{
    /// <summary>Where the text goes; tables write there themselves, once their cells are printable.</summary>
    public TextWriter Inner => inner;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(Printable.Of(value.ToString(), lines: true));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(Printable.Of(value ?? "", lines: true));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(Printable.Of(value ?? "", lines: true));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
