using System.Text;

namespace Pentimento.Cli.Terminal;

/// <summary>
/// A writer for sentences that quote files: names of classes, columns and sets reach the terminal as letters, whatever commands to it they hold.
/// On a screen sentences go on below between words.
/// </summary>
/// <param name="inner">Where the text goes.</param>
internal sealed class PrintableWriter(TextWriter inner) : TextWriter
{
    private const int Deeper = 2;

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
    public override void WriteLine(string? value)
    {
        foreach (var line in Printable.Of(value ?? "", lines: true).Split('\n').SelectMany(Fitted)) inner.WriteLine(line);
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    // Commands stay in one piece, so that they can be copied, and so do the rows of tables.
    private IEnumerable<string> Fitted(string line)
    {
        if (Tables.ScreenWidthOf(inner) is not { } width || line.Length <= width) return [line];
        if (line.StartsWith('|') || line.Contains("pentimento ", StringComparison.Ordinal)) return [line];
        var text = line.TrimStart();
        var before = line.Length - text.Length;
        // What goes on below stands deeper than what it belongs to, as items of a list do.
        var below = before == 0 ? 0 : before + Deeper;
        return Tables.Lines(text, Math.Max(1, width - below)).Select((part, at) => new string(' ', at == 0 ? before : below) + part);
    }
}
