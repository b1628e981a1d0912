namespace Pentimento.Cli.Terminal;

/// <summary>
/// A writer for progress and warnings that goes on without its reader: a closed or full standard error is no reason to lose a training.
/// </summary>
/// <param name="inner">Where text goes while that works.</param>
internal sealed class ForgivingWriter(TextWriter inner) : GuardedWriter(inner)
{
    private bool broken;

    /// <inheritdoc/>
    protected override bool IsOpen => !broken;

    /// <inheritdoc/>
    protected override void Lost(Exception failure) => broken = true;
}
