using Pentimento.Data;
using Pentimento.Probing;

namespace Pentimento.Lab.Queries;

/// <summary>What a channel tells of an attribute.</summary>
/// <param name="Name">The attribute.</param>
/// <param name="Share">The mutual information, corrected for its bias, as a share of the attribute's entropy.</param>
/// <param name="PValue">Of a permutation test.</param>
internal sealed record AttributeInformation(string Name, double Share, double PValue)
{
    private const int Permutations = 200;

    // More values are no groups.
    private const int MostValues = 40;

    /// <summary>The attribute that channels are held against beside the class: the colour or, where it is unknown, the first with groups.</summary>
    public static string? AttributeOf(ImageSet set) =>
        set.AttributeNames.FirstOrDefault(name => set.AttributeOf(name).Distinct().Take(MostValues + 1).Count() is > 1 and <= MostValues);

    /// <summary>What an attribute is called on the screen.</summary>
    public static string Spoken(string attribute) => attribute == ImageSet.Color ? "colour" : attribute;

    /// <summary>What one channel tells of the class and of the attribute, each given the other.</summary>
    /// <param name="set">The images.</param>
    /// <param name="values">The channel's value in each.</param>
    /// <param name="run">Seeds the permutations.</param>
    public static IReadOnlyList<AttributeInformation> Of(ImageSet set, double[] values, RunContext run)
    {
        if (set.Labels.Distinct().Count() < 2) return [];
        var found = Test(set, [values], run).Run(Permutations, run)[0];
        AttributeInformation One(string name, Information information) => new(name, Shown(information), information.PValue);
        return AttributeOf(set) is not { } attribute ? [One("class", found.Digit)] :
        [
            One("class", found.Digit), One($"class, given the {Spoken(attribute)}", found.DigitGivenColor),
            One($"{Spoken(attribute)}, given the class", found.ColorGivenDigit),
        ];
    }

    /// <summary>What every channel tells of the class given the attribute, and of the attribute given the class; without permutations.</summary>
    /// <param name="set">The images.</param>
    /// <param name="channels">[U][N] the channels' values.</param>
    public static (IReadOnlyList<double> OfClass, IReadOnlyList<double> OfAttribute) OfAll(ImageSet set, IReadOnlyList<double[]> channels)
    {
        if (set.Labels.Distinct().Count() < 2) return ([], []);
        var run = RunContext.OnCpu();
        var found = Test(set, channels, run).Run(0, run);
        double[] Shares(Func<ChannelInformation, Information> one) => [.. found.Select(channel => Shown(one(channel)))];
        return AttributeOf(set) is null ? (Shares(channel => channel.Digit), [])
            : (Shares(channel => channel.DigitGivenColor), Shares(channel => channel.ColorGivenDigit));
    }

    // Of few images the correction may leave the range.
    private static double Shown(Information information) => Math.Clamp(information.Share, 0, 1);

    private static MutualInformationTest Test(ImageSet set, IReadOnlyList<double[]> channels, RunContext run) => new(
        new ActivationTable("channels", channels, set.Labels, AttributeOf(set) is { } one ? set.AttributeOf(one) : new long[set.Count]),
        new QuantileBins(), run, 1);
}
