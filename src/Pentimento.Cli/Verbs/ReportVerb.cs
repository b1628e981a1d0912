using Pentimento.Experiments;
using Pentimento.Reports;

namespace Pentimento.Cli.Verbs;

/// <summary><c>report RUN</c>: writes the page of a finished run anew.</summary>
internal static class ReportVerb
{
    private sealed record Result(string Report);

    public static Verb Create(Host host)
    {
        var folder = new Argument<string>("RUN") { Description = "A run's folder." };
        var verb = new Verb("report", "Writes the page of a finished run anew, from its folder alone.", "Example:\n  pentimento report runs/first") { folder };
        verb.SetAction(parsed =>
        {
            var place = parsed.GetValue(folder)!;
            Require.That(RunFolder.Holds(place), $"{place} is not a run's folder: it has no manifest.json.");
            return new Session(host, parsed).Answer(torch: false, _ => new Result(ReportPage.Write(new(place))), (result, output) => output.WriteLine(result.Report));
        });
        return verb;
    }
}
