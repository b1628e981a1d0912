using System.Text;

namespace Pentimento.Cli.Terminal;

/// <summary>Standard output: where it is closed or full, the sentence says that it is the answer that is lost, and not the work.</summary>
/// <param name="inner">Where the text goes.</param>
internal sealed class AnswerWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    private TextWriter Inner => inner;

    /// <summary>Whether text goes straight to the process's standard output.</summary>
    public static bool IsStandard(TextWriter output) => output switch
    {
        PrintableWriter safe => IsStandard(safe.Inner),
        AnswerWriter answer => IsStandard(answer.Inner),
        _ => output == Console.Out,
    };

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new IOException($"the answer could not be written to standard output: {failure.Message}", failure);
        }
    }
}
