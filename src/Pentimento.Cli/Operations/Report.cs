using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Reports;
using Pentimento.Reports.Cards;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Runs;
using Pentimento.Studies;

namespace Pentimento.Cli.Operations;

/// <summary>Writes the page of a finished run anew, or one page that compares several, from their folders alone.</summary>
/// <example>
/// pentimento report runs/first
/// pentimento report runs/first --format md
/// pentimento report runs/first --format card
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

    /// <summary>html, md for Markdown with links to the figures, or card for a model card (Hugging Face's layout) of the network that the
    /// run repaired or measured.</summary>
    public PageFormat Format { get; init; }

    internal override bool NeedsTorch => false;

    internal override void Check()
    {
        foreach (var run in Runs) Require.That(RunFolder.Holds(run), $"{run} is not a run's folder: it has no manifest.json.");
        Require.That(
            Format != PageFormat.Card || (Runs.Count == 1 && !StudyRun.Holds(new(Runs[0])) && !ObjectsRun.Holds(new(Runs[0]))),
            $"A model card is of one run: of digits, or of a recipe of named operations.");
        Require.That(Runs.Count > 1 || Out is null, $"--out is for several runs; the page of one lies in its folder.");
    }

    /// <inheritdoc/>
    internal override ReportResult Run(RunContext run) => new(Runs.Count == 1 ? PageOf(new(Runs[0])) : ComparisonPage.Write(
        RunComparison.Read([.. Runs.Select(folder => new RunFolder(folder))]),
        Out ?? Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Runs[0])))!,
        Format));

    private string PageOf(RunFolder run) => run switch
    {
        _ when Format == PageFormat.Card => ModelCard.Write(run),
        _ when StudyRun.Holds(run) => StudyPage.Write(run, Format),
        _ when StepsReport.Holds(run) => StepsPage.Write(run, Format),
        _ when ObjectsRun.Holds(run) => ObjectsPage.Write(run, Format),
        _ => ReportPage.Write(run, Format),
    };
}

/// <summary>The page that was written.</summary>
/// <param name="Report">Its file.</param>
public sealed record ReportResult(string Report);
