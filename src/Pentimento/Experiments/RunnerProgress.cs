using System.Collections.Concurrent;

namespace Pentimento.Experiments;

/// <summary>The progress of a graph's steps: each by its name and place, or all of them as one work of which each moves a share.</summary>
/// <param name="listener">Hears it.</param>
/// <param name="count">How many steps there are.</param>
/// <param name="whole">What the whole is called; null to report each step.</param>
internal sealed class RunnerProgress(IProgress<Progress> listener, int count, string? whole)
{
    private const int Grain = 1000;
    private readonly ConcurrentDictionary<string, double> shares = new();
    private int finished;

    /// <summary>The progress of one step.</summary>
    public IProgress<Progress> Of(string step) => new Part(this, step);

    /// <summary>A step is done.</summary>
    public void Finish(string step)
    {
        var done = Interlocked.Increment(ref finished);
        if (whole is not null) Report(step, 1, done);
    }

    private void Hear(string step, ref double furthest, Progress value)
    {
        if (whole is null)
        {
            listener.Report(value with { Stage = $"{Math.Min(finished + 1, count)} of {count}, {step}: {value.Stage}" });
            return;
        }

        // Only training counts where there is any; what is measured in between is short, and never takes the whole back.
        if (value.Stage is not ("train" or "found done")) return;
        furthest = Math.Max(furthest, (double)value.Done / Math.Max(1, value.Total));
        Report(step, furthest, finished);
    }

    private void Report(string step, double share, int done)
    {
        shares[step] = share;
        listener.Report(new(whole!, (long)(Grain * shares.Values.Sum()), Grain * (long)count, $"{done} of {count} done"));
    }

    private sealed class Part(RunnerProgress all, string step) : IProgress<Progress>
    {
        private double furthest;

        public void Report(Progress value) => all.Hear(step, ref furthest, value);
    }
}
