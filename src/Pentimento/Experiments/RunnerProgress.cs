using System.Collections.Concurrent;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>The progress of a graph's steps: each by its name and place, or all of them as one work of which each moves a share.</summary>
/// <param name="listener">Hears it.</param>
/// <param name="plan">The steps.</param>
/// <param name="whole">What the whole is called; null to report each step.</param>
internal sealed class RunnerProgress(IProgress<Progress> listener, IReadOnlyList<Step> plan, string? whole)
{
    // A step of several stages has come to the end of one of them and not of itself.
    private const double MostOfStep = 0.95;
    private const int Grain = 1000;
    private const double FoundDone = -1;

    /// <summary>What a step is at that another run has done.</summary>
    public const string Found = "found done";

    private readonly ConcurrentDictionary<string, double> shares = new();
    private readonly ConcurrentDictionary<string, double> parts = new();
    private readonly Dictionary<string, double> weights = plan
        .GroupBy(step => step.Name).ToDictionary(group => group.Key, group => group.First().Weight);
    private readonly Dictionary<string, string?> mainStages = plan
        .GroupBy(step => step.Name).ToDictionary(group => group.Key, group => group.First().MainStage);
    private readonly int count = plan.Count;
    private int finished;

    /// <summary>The share of all work that is done: what was found done took no time, and counts as little.</summary>
    private double Done
    {
        get
        {
            var total = weights.Where(step => parts.GetValueOrDefault(step.Key) >= 0).Sum(step => step.Value);
            return total > 0 ? weights.Sum(step => step.Value * Math.Max(0, parts.GetValueOrDefault(step.Key))) / total : 1;
        }
    }

    /// <summary>The progress of one step.</summary>
    public IProgress<Progress> Of(string step) => new Part(this, step);

    /// <summary>A step is done.</summary>
    public void Finish(string step)
    {
        var done = Interlocked.Increment(ref finished);
        if (whole is not null) Report(step, 1, done);
        else parts.AddOrUpdate(step, 1, (_, part) => part == FoundDone ? part : 1);
    }

    private void Hear(string step, ref double furthest, Progress value)
    {
        if (whole is null)
        {
            // What is measured before and between epochs is short: it neither ends the step's part nor takes it back.
            if (mainStages.GetValueOrDefault(step) is not { } main || value.Stage == main)
                furthest = Math.Max(furthest, MostOfStep * value.Done / Math.Max(1, value.Total));
            parts[step] = value.Stage == Found ? FoundDone : furthest;
            listener.Report(value with { Whole = Done, Stage = $"{Math.Min(finished + 1, count)} of {count}, {step}: {value.Stage}" });
            return;
        }

        // Only training counts where there is any; what is measured in between is short, and never takes the whole back.
        if (value.Stage is not (Trainer.Stage or Found)) return;
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
