namespace Pentimento.Cli.Terminal;

/// <summary>The time that is left, from how much is done and how long it took; of all stages where that is known, else of the one at work.</summary>
/// <param name="clock">Tells the time.</param>
internal sealed class TimeLeft(TimeProvider clock)
{
    // Before this share the time that passed says little about the rest.
    private const double Least = 0.02;
    private readonly long start = clock.GetTimestamp();
    private string stage = "";
    private long began = clock.GetTimestamp();

    /// <summary>Hears of the work.</summary>
    /// <returns>The time left; null while it cannot be told.</returns>
    public TimeSpan? Of(Progress value)
    {
        if (stage != value.Stage) (stage, began) = (value.Stage, clock.GetTimestamp());
        var (share, since) = value.Whole is { } whole ? (whole, start) : (value.Total > 0 ? (double)value.Done / value.Total : 0, began);
        return share is < Least or >= 1 ? null : clock.GetElapsedTime(since) * ((1 - share) / share);
    }

    /// <summary>The share of the work that is done, 0..1: of all stages where that is known.</summary>
    public static double ShareOf(Progress value) => value.Whole ?? (value.Total > 0 ? Math.Clamp((double)value.Done / value.Total, 0, 1) : 0);
}
