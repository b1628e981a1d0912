using System.Globalization;
using Pentimento.Attribution;
using Pentimento.Evaluation;
using Spectre.Console;

namespace Pentimento.Cli.Terminal;

/// <summary>Tables as people read them.</summary>
internal static class Tables
{
    // What is written to a file or another program is not as narrow as a screen.
    private const int Redirected = 160;
    private const int FewRows = 10;

    /// <summary>Writes a table. One that is wider than the terminal goes on below, its first columns repeated; no number is broken.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="headings">Short, and each another.</param>
    /// <param name="rows">The cells.</param>
    /// <param name="keys">How many columns say what a row is about.</param>
    public static void Write(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, int keys = 1)
    {
        var table = new TextTable(headings, [.. rows]);
        foreach (var columns in table.Fitted(WidthOf(output), keys)) Write(output, table, columns);
    }

    /// <summary>Writes as many columns of a table as fit, the first ones first.</summary>
    public static void WriteWhatFits(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new TextTable(headings, [.. rows]);
        Write(output, table, table.Fitted(WidthOf(output), 0)[0]);
    }

    /// <summary>How many characters a line holds.</summary>
    public static int WidthOf(TextWriter output) => ScreenWidthOf(output) ?? Redirected;

    /// <summary>How many characters a line of the screen holds; null where the text goes to a file or another program.</summary>
    public static int? ScreenWidthOf(TextWriter output) => output switch
    {
        PrintableWriter safe => ScreenWidthOf(safe.Inner),
        SizedWriter sized => sized.Width,
        _ when !AnswerWriter.IsStandard(output) || Console.IsOutputRedirected => null,
        _ => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Profile.Width,
    };

    /// <summary>The first rows of a long table, and where all of them are.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="headings">Short, and each another.</param>
    /// <param name="rows">The cells.</param>
    /// <param name="where">What holds the rest, as in <c>all: neurons.csv</c>.</param>
    public static void WriteFirst(TextWriter output, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, string where)
    {
        WriteWhatFits(output, headings, rows.Take(FewRows));
        if (rows.Count > FewRows) output.WriteLine($"The first {FewRows} of {rows.Count:N0}; {where}");
    }

    /// <summary>Words parted into lines of at most a width.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width) lines.Add(word);
            else lines[^1] += lines[^1].Length == 0 ? word : $" {word}";
        }

        return lines;
    }

    private static void Write(TextWriter output, TextTable text, IReadOnlyList<int> columns)
    {
        var target = output is PrintableWriter safe ? safe.Inner : output;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(target) });
        console.Profile.Width = WidthOf(output);
        var table = new Table().Border(TableBorder.Simple);
        foreach (var at in columns)
        {
            var column = new TableColumn(Markup.Escape(text.Headings[at]));
            table.AddColumn(text.IsNumeric(at) ? column.NoWrap() : column);
        }

        foreach (var row in text.Rows) table.AddRow([.. columns.Select(at => Markup.Escape(row[at]))]);
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
    public static void Write(TextWriter output, string method, EvidenceLocalization localization)
    {
        output.WriteLine($"{method}, {Numbers.Counted(localization.Count, "image")}:");
        output.WriteLine(
            $"  on the object: {Percent(localization.OnDigit)} of the positive evidence "
                + $"({Percent(localization.Low)} to {Percent(localization.High)}); "
                + $"evidence spread evenly would give {Percent(localization.ForegroundShare)}");
        output.WriteLine($"  strongest place on the object: {localization.Pointing}");
        output.WriteLine($"  correct with evidence outside the object: {localization.WrongReason}");
        output.WriteLine($"  no positive evidence at all: {Numbers.Counted(localization.NoEvidence, "image")}");
    }

    public static string Percent(double? share) => share switch
    {
        null => "-",
        { } known when double.IsFinite(known) => (100 * known).ToString("0.0", CultureInfo.InvariantCulture) + "%",
        _ => "undefined",
    };
}
