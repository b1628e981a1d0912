using Spectre.Console;

namespace Pentimento.Cli.Terminal;

/// <summary>Shows progress with the time left: a bar on a terminal, now and then a plain line elsewhere.</summary>
internal static class ProgressDisplay
{
    public static T While<T>(TextWriter error, Func<IProgress<Progress>, T> work)
    {
        if (error != Console.Error || Console.IsErrorRedirected) return work(new PlainProgress(error, TimeProvider.System));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console
            .Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context => work(new BarProgress(context, console)));
    }

    /// <summary>One bar, of the stage at work.</summary>
    private sealed class BarProgress(ProgressContext context, IAnsiConsole console) : IProgress<Progress>
    {
        private readonly Lock gate = new();
        private ProgressTask? task;
        private string stage = "";

        public void Report(Progress value)
        {
            lock (gate)
            {
                if (value.Stays)
                {
                    console.MarkupLine(Markup.Escape(Printable.Of(value.Stage)));
                    return;
                }

                if (task is null || stage != value.Stage)
                {
                    task?.StopTask();
                    (task, stage) = (context.AddTask(Markup.Escape(Printable.Of(value.Stage))), value.Stage);
                }

                task.Description = Markup.Escape(Printable.Of(value.Note.Length > 0 ? $"{value.Stage}: {value.Note}" : value.Stage));
                task.MaxValue = Math.Max(1, value.Total);
                task.Value = value.Done;
            }
        }
    }
}
