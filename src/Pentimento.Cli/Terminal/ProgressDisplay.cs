using Spectre.Console;

namespace Pentimento.Cli.Terminal;

/// <summary>Shows progress with the time left: a bar on a terminal, now and then a plain line elsewhere.</summary>
internal static class ProgressDisplay
{
    // A bar of this many characters beside its words needs a line of so many; the percentage and the gaps take the rest.
    private const int Bar = 20;
    private const int Narrow = 60;
    private const int Rest = 7;

    public static T While<T>(TextWriter error, Func<IProgress<Progress>, T> work)
    {
        if (error != Console.Error || Console.IsErrorRedirected) return work(new PlainProgress(error, TimeProvider.System));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        // Where there is no room for a bar, the words and the share say it.
        ProgressColumn[] columns = console.Profile.Width >= Narrow
            ? [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = Bar }, new PercentageColumn()]
            : [new TaskDescriptionColumn { Alignment = Justify.Left }, new PercentageColumn()];
        return console.Progress().AutoClear(true).HideCompleted(true).Columns(columns).Start(context => work(new BarProgress(context, console)));
    }

    /// <summary>One bar, of all stages where that is known, else of the one at work.</summary>
    private sealed class BarProgress(ProgressContext context, IAnsiConsole console) : IProgress<Progress>
    {
        private readonly Lock gate = new();
        private readonly TimeLeft time = new(TimeProvider.System);
        private ProgressTask? task;

        public void Report(Progress value)
        {
            lock (gate)
            {
                if (value.Stays)
                {
                    console.MarkupLine(Markup.Escape(Printable.Of(value.Stage)));
                    return;
                }

                var words = Markup.Escape(Line(value, time.Of(value), console.Profile.Width));
                task ??= context.AddTask(words);
                task.Description = words;
                task.Value = task.MaxValue * TimeLeft.ShareOf(value);
            }
        }
    }

    /// <summary>The stage, the time left, and what is known of the work, cut to what a line holds.</summary>
    internal static string Line(Progress value, TimeSpan? left, int width)
    {
        var room = Math.Max(8, width - (width >= Narrow ? Bar + Rest : Rest));
        var time = left is { } rest ? $", {Evaluation.Numbers.Duration(Math.Max(1, rest.TotalSeconds))} left" : "";
        var noted = Printable.Of(value.Note.Length > 0 ? $"{value.Stage}: {value.Note}" : value.Stage);
        // The time is last to go.
        var words = noted.Length + time.Length <= room ? noted : Printable.Of(value.Stage);
        if (words.Length + time.Length > room) words = $"{words[..Math.Max(1, Math.Min(words.Length, room - time.Length - 1))]}…";
        return words.Length + time.Length <= room ? words + time : words[..Math.Min(words.Length, room)];
    }
}
