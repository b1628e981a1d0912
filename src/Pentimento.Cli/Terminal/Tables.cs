using System.Globalization;
using Pentimento.Attribution;
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
        foreach (var heading in headings) table.AddColumn(new TableColumn(Markup.Escape(Printable.Of(heading))));
        foreach (var row in rows) table.AddRow([.. row.Select(cell => Markup.Escape(Printable.Of(cell)))]);
        console.Write(table);
    }

    public static void Write(TextWriter output, IEnumerable<SetEvaluation> evaluations) =>
        Write(
            output,
            ["data", "images", "accuracy", "95% interval", "worst class"],
            evaluations.Select(set =>
                (IReadOnlyList<string>)
                    [
                        set.Data,
                        set.Count.ToString("N0", CultureInfo.InvariantCulture),
                        Percent(set.Accuracy),
                        $"{Percent(set.Low)} to {Percent(set.High)}",
                        Percent(set.PerClass.Min()),
                    ]));

    /// <summary>Where the evidence of a method's maps lies.</summary>
    public static void Write(TextWriter output, string method, EvidenceLocalization focus)
    {
        output.WriteLine($"{method}, {focus.Count:N0} images:");
        output.WriteLine(
            $"  on the digit: {Percent(focus.OnDigit)} of the positive evidence ({Percent(focus.Low)} to {Percent(focus.High)}); evidence spread evenly would give {Percent(focus.ForegroundShare)}"
        );
        output.WriteLine($"  strongest place on the digit: {focus.Pointing}");
        output.WriteLine($"  right with evidence off the digit: {focus.WrongReason}");
        output.WriteLine($"  no positive evidence at all: {focus.NoEvidence:N0} images");
    }

    public static string Percent(double? share) => share switch
    {
        null => "-",
        { } known when double.IsFinite(known) => (100 * known).ToString("0.0", CultureInfo.InvariantCulture) + "%",
        _ => "undefined",
    };
}
