namespace Pentimento.Cli.Terminal;

/// <summary>Standard output: where it is closed or full, the sentence says that it is the answer that is lost, and not the work.</summary>
/// <param name="inner">Where the text goes.</param>
internal sealed class AnswerWriter(TextWriter inner) : GuardedWriter(inner)
{
    /// <summary>Whether text goes straight to the process's standard output.</summary>
    public static bool IsStandard(TextWriter output) => output switch
    {
        PrintableWriter safe => IsStandard(safe.Inner),
        AnswerWriter answer => IsStandard(answer.Inner),
        _ => output == Console.Out,
    };

    /// <inheritdoc/>
    protected override void Lost(Exception failure) =>
        throw new IOException($"the answer could not be written to standard output: {failure.Message}", failure);
}
