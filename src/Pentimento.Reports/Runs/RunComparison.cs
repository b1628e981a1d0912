using System.Text.Json.Nodes;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Reports.Runs;

/// <summary>Several runs side by side.</summary>
/// <param name="Runs">Each with the name of its folder, or a longer one where two are called alike.</param>
public sealed record RunComparison(IReadOnlyList<(string Name, RunReport Report)> Runs)
{
    /// <summary>Reads finished runs.</summary>
    /// <exception cref="BadInputException">A run is not finished, or its files are not whole.</exception>
    internal static RunComparison Read(IReadOnlyList<RunFolder> folders)
    {
        var names = folders.Select(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Folder)))).ToList();
        return new([
            .. folders
                .Index()
                .Select(folder =>
                    (
                        names.Count(name => name == names[folder.Index]) == 1 ? names[folder.Index] : $"{names[folder.Index]} ({folder.Index + 1})",
                        RunReport.Read(folder.Item))),
        ]);
    }

    /// <summary>The settings that are not the same in all runs, with each run's; empty where a run lacks one.</summary>
    public IReadOnlyList<(string Setting, IReadOnlyList<string> Values)> Differences()
    {
        var settings = Runs.Select(run => Leaves("", Binder.Describe(run.Report.Recipe)).ToDictionary(leaf => leaf.Path, leaf => leaf.Value))
            .ToList();
        return
        [
            .. settings
                .SelectMany(setting => setting.Keys)
                .Distinct()
                .Select(path => (path, (IReadOnlyList<string>)[.. settings.Select(setting => setting.GetValueOrDefault(path, ""))]))
                .Where(row => row.Item2.Distinct().Count() > 1),
        ];
    }

    /// <summary>The sets on which every run was evaluated, in the first one's order.</summary>
    public IReadOnlyList<string> Sets => [.. Runs[0].Report.Recipe.Evaluate.Where(set => Runs.All(run => run.Report.Recipe.Evaluate.Contains(set)))];

    /// <summary>A network of a run on a set.</summary>
    internal static SetEvaluation On(RunReport report, string network, string set) =>
        report.Results.Evaluations.First(entry => entry.Network == network).Sets.First(entry => entry.Data == set);

    private static IEnumerable<(string Path, string Value)> Leaves(string path, JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(pair => Leaves(path.Length == 0 ? pair.Key : $"{path}.{pair.Key}", pair.Value)),
        JsonArray list => [(path, string.Join(", ", list.Select(item => $"{item}")))],
        _ => [(path, $"{node}")],
    };
}
