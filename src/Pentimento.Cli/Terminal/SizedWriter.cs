namespace Pentimento.Cli.Terminal;

/// <summary>Text for a place of a known width.</summary>
/// <param name="width">Number of characters in a line.</param>
internal sealed class SizedWriter(int width) : StringWriter
{
    /// <summary>Number of characters in a line.</summary>
    public int Width => width;
}
