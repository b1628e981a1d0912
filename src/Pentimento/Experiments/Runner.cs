using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>
/// Runs an experiment's graph on a store: each step after those that it needs, several at a time, and none that is done already. Other processes
/// may run the same graph on the same store; a step that one of them is at is waited for.
/// </summary>
/// <param name="store">Where finished steps are found and kept.</param>
/// <param name="run">Device, seed, progress and cancellation.</param>
internal sealed class Runner(RunStore store, RunContext run)
{
    /// <summary>How many steps are worked on at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The time after which no further step is begun; the first always is, and steps that are done already are still found.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>What the work is called where its progress is reported as a whole; null where each step is reported by its name.</summary>
    public string? Whole { get; init; }

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="plan">The steps; names are unique, and a step's needs are among them.</param>
    /// <returns>The finished steps: all of them, unless the time ran out.</returns>
    /// <exception cref="BadInputException">The steps wait for each other, or one of them fails with it.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; finished steps are kept.</exception>
    public StepResults Run(IReadOnlyList<Step> plan)
    {
        var board = new StepBoard(plan, run.Cancel);
        var progress = new RunnerProgress(run.Progress, plan, Whole);
        var begun = TimeProvider.System.GetTimestamp();
        var jobs = Math.Max(1, Math.Min(Jobs, plan.Count));
        ParallelLoop.For(
            jobs, jobs,
            _ =>
            {
                while (board.Next() is { } step) Do(step, board, progress, () => TimeProvider.System.GetElapsedTime(begun));
            },
            run.Cancel);
        return board.Done;
    }

    private void Do(Step step, StepBoard board, RunnerProgress progress, Func<TimeSpan> elapsed)
    {
        var context = run with { Progress = progress.Of(step.Name) };
        var succeeded = false;
        try
        {
            var key = step.KeyOf(board.Done, run);
            var mayBegin = elapsed() <= Limit || Limit is null || board.MayBeginFirst();
            var finished = mayBegin ? Attempt(step, key, board, context) : store.Find(step.Name, key);
            if (finished is not null)
            {
                progress.Finish(step.Name);
                board.Finish(step, finished);
            }
            else if (mayBegin) board.Postpone(step);
            else board.Skip(step);
            succeeded = true;
        }
        finally
        {
            if (!succeeded) board.Stop();
        }
    }

    private FinishedStep? Attempt(Step step, string key, StepBoard board, RunContext context)
    {
        var worked = false;
        var finished = store.Attempt(step.Name, key, folder =>
        {
            worked = true;
            board.Begin();
            return step.Work(board.Done, folder, context);
        });
        if (finished is not null && !worked) context.Report(new(RunnerProgress.Found, 1, 1));
        return finished;
    }
}
