namespace Pentimento.Cli.Terminal;

/// <summary>A plain line now and then: where a stage begins, unless one has just been written, and every few seconds while it lasts.</summary>
internal sealed class PlainProgress(TextWriter error, TimeProvider clock) : IProgress<Progress>
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private readonly TimeLeft time = new(clock);
    private string stage = "";
    private long? spoke;

    public void Report(Progress value)
    {
        lock (gate)
        {
            if (value.Stays)
            {
                error.WriteLine(Printable.Of(value.Stage));
                return;
            }

            var (silent, left) = (spoke is { } last ? clock.GetElapsedTime(last) : TimeSpan.MaxValue, time.Of(value));
            if (stage != value.Stage)
            {
                stage = value.Stage;
                if (silent > Breath) Say(stage);
            }
            else if (silent > Pause && left is { } rest && value.Done < value.Total)
                Say($"{stage}: {100 * TimeLeft.ShareOf(value):0}%, {rest.TotalSeconds:0} s left{(value.Note.Length > 0 ? $" ({value.Note})" : "")}");
        }
    }

    private void Say(string line)
    {
        spoke = clock.GetTimestamp();
        error.WriteLine(Printable.Of(line));
    }
}
