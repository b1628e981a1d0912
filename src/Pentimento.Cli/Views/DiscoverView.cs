using Pentimento.Cli.Terminal;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The verdict, the suspects with their three numbers, the slices, and what else the network follows.</summary>
internal sealed class DiscoverView : View<Discover, DiscoverResult>
{
    /// <inheritdoc/>
    protected override void Print(Discover operation, DiscoverResult result, TextWriter output)
    {
        output.WriteLine(result.Verdict);
        output.WriteLine();
        output.WriteLine($"Accuracy on {result.Data}: {result.Accuracy}.");
        if (result.Suspects.Count > 0)
        {
            Tables.Write(
                output, ["suspect", "available", "followed", "95% interval", "control", "costs", "q", "finding"], result.Suspects.Select(Row));
            foreach (var command in NextCommands.Of(operation, result.Suspects[0])) output.WriteLine(command);
            output.WriteLine();
        }

        var rest = result.Cues.Where(cue => cue.Finding == Finding.None && cue.Control is not null && cue.Low > CueRuling.LeastFollowed).ToList();
        if (rest.Count > 0)
        {
            output.WriteLine("Followed, and no fault: a network that cannot use it does no better where it misleads.");
            Tables.Write(output, ["cue", "available", "followed", "control", "costs"], rest.Select(cue => (IReadOnlyList<string>)
            [
                Catalog.Write(cue.Cue), Tables.Percent(cue.Available), Tables.Percent(cue.Followed), Tables.Percent(cue.Control),
                Tables.Percent(cue.Costly),
            ]));
        }

        if (result.Slices.Count == 0) return;
        output.WriteLine("Where it fails:");
        Tables.Write(output, ["images", "accuracy", "what they have in common"], result.Slices.Select(slice =>
            (IReadOnlyList<string>)[Numbers.Whole(slice.Count), Tables.Percent(slice.Accuracy), slice.Description]));
    }

    private static IReadOnlyList<string> Row(Suspect suspect) =>
    [
        suspect.Place is null ? Catalog.Write(suspect.Cue) : $"{Catalog.Write(suspect.Cue)} ({suspect.Place})",
        Tables.Percent(suspect.Available),
        Tables.Percent(suspect.Followed),
        $"{Tables.Percent(suspect.Low)} to {Tables.Percent(suspect.High)}",
        Tables.Percent(suspect.Control.Value),
        Tables.Percent(suspect.Costly),
        Numbers.Significant(suspect.Q),
        Names.Kebab($"{suspect.Finding}"),
    ];
}
