using System.Globalization;
using Pentimento.Evaluation;
using Spectre.Console;

namespace Pentimento.Cli.Terminal;

/// <summary>Tables as people read them.</summary>
internal static class Tables
{
    public static void Write(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (output != Console.Out || Console.IsOutputRedirected) console.Profile.Width = 160;
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings) table.AddColumn(new TableColumn(Markup.Escape(heading)));
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }

    public static void Write(TextWriter output, IEnumerable<SetEvaluation> evaluations) =>
        Write(output, ["data", "images", "accuracy", "95% interval", "worst class"], evaluations.Select(set => (IReadOnlyList<string>)
        [
            set.Data, set.Count.ToString("N0", CultureInfo.InvariantCulture), Percent(set.Accuracy), $"{Percent(set.Low)} to {Percent(set.High)}", Percent(set.PerClass.Min()),
        ]));

    public static string Percent(double? share) => share is { } known ? (100 * known).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "-";
}
