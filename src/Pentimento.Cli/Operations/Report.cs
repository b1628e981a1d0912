using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Reports;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Runs;
using Pentimento.Studies;

namespace Pentimento.Cli.Operations;

/// <summary>Writes the page of a finished run anew, or one page that compares several, from their folders alone.</summary>
/// <example>
/// pentimento report runs/first
/// pentimento report runs/first --format md
/// pentimento report runs/first runs/second --out runs/compared
/// </example>
public sealed record Report : Operation<ReportResult>
{
    /// <summary>A run's folder; several are compared side by side.</summary>
    [Argument, Input("RUN"), Called("run")]
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>The folder for the page of several runs; by default beside the first run.</summary>
    [Output("FOLDER")]
    public string? Out { get; init; }

    /// <summary>html, or md for Markdown with links to the figures.</summary>
    public PageFormat Format { get; init; }

    internal override bool NeedsTorch => false;

    internal override void Check()
    {
        foreach (var run in Runs) Require.That(RunFolder.Holds(run), $"{run} is not a run's folder: it has no manifest.json.");
        Require.That(Runs.Count > 1 || Out is null, $"--out is for several runs; the page of one lies in its folder.");
    }

    /// <inheritdoc/>
    public override ReportResult Run(RunContext run) => new(Runs.Count == 1 ? PageOf(new(Runs[0])) : ComparisonPage.Write(
        RunComparison.Read([.. Runs.Select(folder => new RunFolder(folder))]),
        Out ?? Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Runs[0])))!,
        Format));

    private string PageOf(RunFolder run) => StudyRun.Holds(run) ? StudyPage.Write(run, Format) : ObjectsRun.Holds(run) ? ObjectsPage.Write(run, Format) : ReportPage.Write(run, Format);
}

/// <summary>The page that was written.</summary>
/// <param name="Report">Its file.</param>
public sealed record ReportResult(string Report);
