using System.Text;

namespace Pentimento.Cli.Terminal;

/// <summary>A writer for progress and warnings that goes on without its reader: a closed or full standard error is no reason to lose a training.</summary>
/// <param name="inner">Where text goes while that works.</param>
internal sealed class ForgivingWriter(TextWriter inner) : TextWriter
{
    private bool broken;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (broken) return;
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            broken = true;
        }
    }
}
