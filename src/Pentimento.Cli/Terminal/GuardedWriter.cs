using System.Text;

namespace Pentimento.Cli.Terminal;

/// <summary>A writer whose reader may go away: what that means is a derived class's.</summary>
/// <param name="inner">Where the text goes.</param>
internal abstract class GuardedWriter(TextWriter inner) : TextWriter
{
    /// <summary>Where the text goes.</summary>
    public TextWriter Inner => inner;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Whether text is still passed on.</summary>
    protected virtual bool IsOpen => true;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    /// <summary>The text could not be written: the stream is closed or full.</summary>
    protected abstract void Lost(Exception failure);

    private void Try(Action write)
    {
        if (!IsOpen) return;
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Lost(failure);
        }
    }
}
