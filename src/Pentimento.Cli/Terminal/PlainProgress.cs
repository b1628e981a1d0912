namespace Pentimento.Cli.Terminal;

/// <summary>A line when a stage begins, and one every few seconds while it lasts.</summary>
internal sealed class PlainProgress(TextWriter error, TimeProvider clock) : IProgress<Tick>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private string stage = "";
    private long began;
    private long spoke;

    public void Report(Tick value)
    {
        lock (gate)
        {
            if (stage != value.Stage)
            {
                (stage, began, spoke) = (value.Stage, clock.GetTimestamp(), clock.GetTimestamp());
                error.WriteLine(value.Stage);
            }
            else if (clock.GetElapsedTime(spoke) > Pause && value.Done < value.Total)
            {
                spoke = clock.GetTimestamp();
                var left = clock.GetElapsedTime(began) * ((double)(value.Total - value.Done) / Math.Max(1, value.Done));
                error.WriteLine($"  {100 * value.Done / value.Total}%, {left.TotalSeconds:0} s left{(value.Note.Length > 0 ? $" ({value.Note})" : "")}");
            }
        }
    }
}
