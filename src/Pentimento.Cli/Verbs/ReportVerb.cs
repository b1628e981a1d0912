using Pentimento.Experiments;
using Pentimento.Reports;
using Pentimento.Studies;

namespace Pentimento.Cli.Verbs;

/// <summary><c>report RUN...</c>: writes the page of a finished run anew, or one page of several.</summary>
internal static class ReportVerb
{
    private sealed record Result(string Report);

    public static Verb Create(Host host)
    {
        var folders = new Argument<string[]>("RUN")
        {
            Description = "A run's folder; several are compared side by side.",
            Arity = ArgumentArity.OneOrMore,
        };
        var place = new Option<string?>("--out")
        {
            Description = "The folder for the page of several runs (default: beside the first run).",
            HelpName = "FOLDER",
        };
        var format = new Option<PageFormat>("--format")
        {
            Description = "html, or md for Markdown with links to the figures.",
            DefaultValueFactory = _ => PageFormat.Html,
        }.OneOf();
        var verb = new Verb(
            "report",
            "Writes the page of a finished run anew, or one page that compares several, from their folders alone.",
            """
            Examples:
              pentimento report runs/first
              pentimento report runs/first --format md
              pentimento report runs/first runs/second --out runs/compared
            """) { folders, place, format };
        verb.SetAction(parsed =>
        {
            var runs = parsed.GetValue(folders)!;
            foreach (var run in runs) Require.That(RunFolder.Holds(run), $"{run} is not a run's folder: it has no manifest.json.");
            Require.That(runs.Length > 1 || parsed.GetValue(place) is null, $"--out is for several runs; the page of one lies in its folder.");
            return new Session(host, parsed).Answer(
                torch: false,
                _ => new Result(Write(runs, parsed.GetValue(place), parsed.GetValue(format))),
                (result, output) => output.WriteLine(result.Report));
        });
        return verb;
    }

    private static string One(RunFolder run, PageFormat format) => Study.Holds(run) ? StudyPage.Write(run, format) : ReportPage.Write(run, format);

    private static string Write(string[] runs, string? place, PageFormat format) =>
        runs.Length == 1
            ? One(new(runs[0]), format)
            : ComparisonPage.Write(
                RunComparison.Read([.. runs.Select(run => new RunFolder(run))]),
                place ?? Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(runs[0])))!,
                format);
}
