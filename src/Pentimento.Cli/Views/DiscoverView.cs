using Pentimento.Cli.Terminal;
using Pentimento.Cues;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The verdict, the suspects with their numbers, the slices, and what else the network follows.</summary>
internal sealed class DiscoverView : View<Discover, DiscoverResult>
{
    private const int Shown = 8;

    /// <inheritdoc/>
    protected override void Print(Discover operation, DiscoverResult result, TextWriter output)
    {
        output.WriteLine(result.Verdict);
        output.WriteLine();
        output.WriteLine($"Accuracy on {result.Data}: {result.Accuracy}.");
        if (result.Suspects.Count > 0)
        {
            string[] head = ["suspect", "available", "followed", "95% interval", "control", "reliance", "costs", "q", "finding"];
            Tables.Write(output, head, result.Suspects.Select(Row));
            foreach (var command in NextCommands.Of(operation, result.Suspects[0])) output.WriteLine(command);
            output.WriteLine();
            if (result.Suspects[0].Concept is { } concept) output.WriteLine($"{Catalog.Write(result.Suspects[0].Cue)}: {concept.Text}\n");
            Print([.. result.Suspects.SelectMany(suspect => suspect.Features.Select(feature => (suspect.Cue, feature)))], output);
        }

        var rest = result.Cues.Where(cue => cue.Finding == Finding.None && cue.Control is not null && cue.Low > CueVerdict.LeastFollowed).ToList();
        if (rest.Count > 0)
        {
            output.WriteLine("Followed, and no fault: without it a network does no better where it misleads, or loses as much where it helps.");
            Tables.Write(output, ["cue", "available", "followed", "control", "reliance", "costs"], rest.Select(cue => (IReadOnlyList<string>)
            [
                Catalog.Write(cue.Cue), Tables.Percent(cue.Available), Tables.Percent(cue.Followed), Tables.Percent(cue.Control),
                Tables.Percent(cue.Reliance), Tables.Percent(cue.Costly),
            ]));
        }

        Print([.. result.Properties.Where(one => one.Q < CueVerdict.FalseDiscoveries).Take(Shown)], output);
        if (result.Slices.Count == 0) return;
        output.WriteLine("Where it fails:");
        Tables.Write(output, ["images", "accuracy", "what they have in common"], result.Slices.Select(slice =>
            (IReadOnlyList<string>)[Numbers.Whole(slice.Count), Tables.Percent(slice.Accuracy), slice.Description]));
    }

    private static void Print(IReadOnlyList<(Cue Cue, FollowingFeature Feature)> features, TextWriter output)
    {
        if (features.Count == 0) return;
        output.WriteLine("Features that follow a suspect:");
        Tables.Write(output, ["suspect", "feature", "raised by the cue of", "deviations", "become it", "without the feature"], features.Select(one =>
            (IReadOnlyList<string>)
            [
                Catalog.Write(one.Cue), $"{one.Feature.Feature}", $"{one.Feature.Class}", Numbers.Decimal(one.Feature.Raised, 2),
                Tables.Percent(one.Feature.Followed.Value), Tables.Percent(one.Feature.Without.Value),
            ]));
    }

    private static void Print(IReadOnlyList<PredictiveProperty> properties, TextWriter output)
    {
        if (properties.Count == 0) return;
        output.WriteLine("What tells the predictions among images of one label, a hint where to swap and no accusation:");
        Tables.Write(output, ["property", "area", "95% interval", "by chance", "predicted as", "images", "q", "finding"], properties.Select(one =>
            (IReadOnlyList<string>)
            [
                one.Title, Numbers.Decimal(one.Area, 3), $"{Numbers.Decimal(one.Low, 3)} to {Numbers.Decimal(one.High, 3)}",
                Numbers.Decimal(one.Chance, 3), $"{one.Predicted}", Numbers.Whole(one.Count), Numbers.Significant(one.Q),
                one.IsPredictive ? "tells" : "",
            ]));
    }

    private static IReadOnlyList<string> Row(Suspect suspect) =>
    [
        suspect.Place is null ? Catalog.Write(suspect.Cue) : $"{Catalog.Write(suspect.Cue)} ({suspect.Place})",
        Tables.Percent(suspect.Available),
        Tables.Percent(suspect.Followed),
        $"{Tables.Percent(suspect.Low)} to {Tables.Percent(suspect.High)}",
        Tables.Percent(suspect.Control.Value),
        Tables.Percent(suspect.Reliance?.Value),
        Tables.Percent(suspect.Costly),
        Numbers.Significant(suspect.Q),
        Names.Kebab($"{suspect.Finding}"),
    ];
}
