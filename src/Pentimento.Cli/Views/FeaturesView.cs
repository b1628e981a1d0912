using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The strongest shortcuts among the features.</summary>
internal sealed class FeaturesView : View<FeaturesResult>
{
    private const int Most = 10;
    // A line of 80 columns holds a feature's number and so many sets.
    private const int SetsInATable = 5;

    /// <inheritdoc/>
    protected override void Print(FeaturesResult result, TextWriter output)
    {
        var shortcuts = result.Shortcuts.Where(one => one.IsShortcut).ToList();
        output.WriteLine($"{shortcuts.Count} of {result.Shortcuts.Count} features that are ever active at {result.Layer} are shortcuts:");
        output.WriteLine(result.Attribute == ImageSet.Color
            ? "selective for a colour, they support the class that it predicts. The strongest:"
            : $"selective for a value of {Printable.Of(result.Attribute)}, they support the class that it predicts. The strongest:");
        Tables.Write(
            output,
            ["feature", result.Attribute == ImageSet.Color ? "colour" : result.Attribute, "lead", "predicts", "supports", "effect", "correlation"],
            shortcuts.Take(Most).Select(one => Row(one, result)));
        foreach (var sets in result.Strengths.Count > 1 ? result.Strengths.Chunk(SetsInATable) : [])
        {
            output.WriteLine("Mean activation by set:");
            Tables.Write(output, ["feature", .. sets.Select(set => set.Data)], shortcuts.Take(Most).Select(one => (IReadOnlyList<string>)
            [
                $"{one.Feature}", .. sets.Select(set => set.Mean[one.Feature].ToString("0.000", CultureInfo.InvariantCulture)),
            ]));
        }
    }

    private static IReadOnlyList<string> Row(ShortcutFeature one, FeaturesResult result) =>
    [
        $"{one.Feature}",
        result.Values.GetValueOrDefault(one.Color, $"{one.Color}"),
        Tables.Percent(one.ColorShare),
        $"{one.Predicts}",
        $"{one.Supports}",
        one.Effect.ToString("0.00", CultureInfo.InvariantCulture),
        one.Correlation.ToString("0.00", CultureInfo.InvariantCulture),
    ];
}
