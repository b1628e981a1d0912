using System.Globalization;
using Pentimento.Painting;

namespace Pentimento.Reports.Findings;

/// <summary>Descriptions of painted datasets, from their names.</summary>
internal static class DatasetDescription
{
    /// <summary>The meaning of a name, as a sentence.</summary>
    public static string Of(string name)
    {
        var canvas = Canvas.Parse(name);
        return $"{Colors(canvas)}; {Disturbance(canvas.Tier)}.";
    }

    /// <summary>What a set shows, in a few words, and its name, as in <c>swapped colours in 95% (gr_95z)</c>; a name of another kind alone.</summary>
    public static string Title(string name) => Canvas.MatchesGrammar(name) ? $"{Phrase(name)} ({name})" : name;

    /// <summary>What a set shows, in a few words; empty where its name means nothing.</summary>
    public static string Phrase(string name)
    {
        if (!Canvas.MatchesGrammar(name)) return "";
        var canvas = Canvas.Parse(name);
        var often = canvas.Percent == 100 ? "" : string.Create(CultureInfo.InvariantCulture, $" in {canvas.Percent:0.##}%");
        var colors = canvas.Mode switch
        {
            Mode.Rg => $"usual colours{often}",
            Mode.Gr => $"swapped colours{often}",
            Mode.Bw => $"white digits{often}",
            _ => "any colour",
        };
        return canvas.Tier.NoiseProbability > 0 || canvas.Tier.StrokeProbability > 0 ? $"{colors}, disturbed" : colors;
    }

    /// <summary>How sets are painted, where it is not as usual; else empty.</summary>
    public static string Of(PaintSettings painting)
    {
        string[] said =
        [
            painting.Source is { Length: > 0 } source
                ? $"The grey images come from {Path.GetFileName(Path.TrimEndingDirectorySeparator(source))}: what this page calls digits are its ten "
                    + $"classes, 0 to 9."
                : "",
            painting.Cue switch
            {
                ColorPlacement.Background => "The colour is the ground's, and what lies on it is white: “the digit’s colour” is that of its ground.",
                ColorPlacement.Both => "Digit and ground each have a colour by a draw of its own, the ground that of the class five on. Both are "
                    + "tested, one after the other; the numbers are those of the part that predictions follow more.",
                _ => "",
            },
            painting is { Source: "", Cue: ColorPlacement.Stroke }
                ? "" : "Nothing can be tried in this page: its script knows MNIST’s digits on black.",
            painting.Palette is { Length: > 0 } palette ? $"The colours are those of {Path.GetFileName(palette)}, in the classes’ order." : "",
        ];
        return string.Join(' ', said.Where(sentence => sentence.Length > 0));
    }

    /// <summary>Whether the name makes any colour dominant.</summary>
    public static bool HasDominant(string name) => Canvas.Parse(name).Dominant(0) >= 0;

    private static string Colors(Canvas canvas)
    {
        var often = canvas.Percent == 100 ? "always" : string.Create(CultureInfo.InvariantCulture, $"in {canvas.Percent:0.##}% of the images");
        var rest = canvas.Percent == 100 ? "" : ", otherwise another digit’s";
        return canvas.Mode switch
        {
            Mode.Rg => $"Each digit has its own colour {often}{rest}",
            Mode.Gr => $"Each digit has its pair’s other colour {often} (a 0 that of a 1, a 1 that of a 0, and so on to 8 and 9){rest}",
            Mode.Bw => canvas.Percent == 100 ? "White digits: no colour to rely on" : $"White digits {often}, otherwise any digit’s colour",
            _ => "Any digit’s colour at random: the colour carries no information",
        };
    }

    private static string Disturbance(Tier tier) =>
        tier.NoiseProbability == 0 && tier.StrokeProbability == 0
            ? "no noise, no strokes"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"noise on {100 * tier.NoiseProbability:0}% of the images, random strokes on {100 * tier.StrokeProbability:0}%");
}
