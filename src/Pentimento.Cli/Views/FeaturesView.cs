using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Editing;
using Pentimento.Operations;
using Pentimento.Painting;

namespace Pentimento.Cli.Views;

/// <summary>The strongest shortcuts among the features.</summary>
internal sealed class FeaturesView : View<FeaturesResult>
{
    private const int Most = 20;
    // A line of 80 columns holds a feature's number and so many sets.
    private const int SetsInATable = 5;

    /// <inheritdoc/>
    protected override void Print(FeaturesResult result, TextWriter output)
    {
        var shortcuts = result.Shortcuts.Where(one => one.IsShortcut).ToList();
        output.WriteLine($"{shortcuts.Count} of {result.Shortcuts.Count} features that are ever active at {result.Layer} are shortcuts:");
        output.WriteLine("selective for a colour, they support the digit that it predicts. The strongest:");
        Tables.Write(output, ["feature", "colour", "lead", "predicts", "supports", "effect", "correlation"], shortcuts.Take(Most).Select(Row));
        foreach (var sets in result.Strengths.Count > 1 ? result.Strengths.Chunk(SetsInATable) : [])
        {
            output.WriteLine("Mean activation by set:");
            Tables.Write(output, ["feature", .. sets.Select(set => set.Data)], shortcuts.Take(Most).Select(one => (IReadOnlyList<string>)
            [
                $"{one.Feature}", .. sets.Select(set => set.Mean[one.Feature].ToString("0.000", CultureInfo.InvariantCulture)),
            ]));
        }
    }

    private static IReadOnlyList<string> Row(Shortcut one) =>
    [
        $"{one.Feature}",
        one.Color is >= 0 and < 10 ? Palette.Seed[one.Color].Name : $"{one.Color}",
        Tables.Percent(one.ColorShare),
        $"{one.Predicts}",
        $"{one.Supports}",
        one.Effect.ToString("0.00", CultureInfo.InvariantCulture),
        one.Correlation.ToString("0.00", CultureInfo.InvariantCulture),
    ];
}
