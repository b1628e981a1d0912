namespace Pentimento.Cli;

/// <summary>The process around a verb: its streams, its cancellation, its arguments.</summary>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where everything for people's eyes goes.</param>
/// <param name="Cancel">Set at Ctrl-C.</param>
internal sealed record Host(TextWriter Output, TextWriter Error, CancellationToken Cancel)
{
    /// <summary>The words of the command, without its name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
