using System.Globalization;
using System.Text.RegularExpressions;
using Pentimento.Data;

namespace Pentimento.Painting;

/// <summary>How a dataset is painted, as its name says: <c>{mode}_{percent}{tier}</c>, e.g. <c>rg_95z</c>.</summary>
/// <param name="Mode">Which colour a digit wears.</param>
/// <param name="Percent">How many images in a hundred wear the dominant colour, 0..100.</param>
/// <param name="Tier">How much noise and how many strokes disturb the picture.</param>
public sealed partial record Canvas(Mode Mode, decimal Percent, Tier Tier)
{
    /// <summary>Whether a name follows the grammar, right or wrong in its details.</summary>
    public static bool LooksLike(string name) => Grammar().IsMatch(name);

    /// <summary>Reads a name, case-insensitive, the underscore optional.</summary>
    /// <exception cref="BadInputException">It does not follow the grammar.</exception>
    public static Canvas Parse(string name)
    {
        var match = Grammar().Match(name);
        Require.That(
            match.Success,
            $"'{name}' is not a dataset name; expected a mode (rg, gr, bw, un), a percentage and a tier (e, m, h, vh, z), as in rg_95z.");
        var mode = Enum.Parse<Mode>(match.Groups["mode"].Value, ignoreCase: true);
        var percent = decimal.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture);
        Require.That(percent <= 100, $"'{name}': {percent} percent is more than all.");
        Require.That(mode != Mode.Un || percent == 0, $"'{name}': un colours are independent of the digit, so its percentage must be 0.");
        return new(mode, percent, Tier.Parse(match.Groups["tier"].Value));
    }

    /// <summary>The probability that an image wears its dominant colour, 0..1.</summary>
    public double Bias => (double)(Percent / 100);

    /// <summary>The palette index that the name makes dominant for a digit; none (-1) where colours are independent of digits.</summary>
    public long Dominant(long digit) => Mode switch
    {
        Mode.Rg => digit,
        Mode.Gr => digit ^ 1,
        Mode.Bw => ImageSet.White,
        _ => -1,
    };

    /// <summary>How many of a set's images wear the colour that is dominant for their digit here.</summary>
    public long CountDominant(ImageSet set) => set.Labels.Zip(set.Colors).LongCount(pair => Dominant(pair.First) == pair.Second);

    /// <summary>The name in its usual form.</summary>
    public override string ToString() => $"{Mode}_{Percent.ToString("0.##########", CultureInfo.InvariantCulture)}{Tier.Name}".ToLowerInvariant();

    [GeneratedRegex(@"^(?<mode>rg|gr|bw|un)_?(?<percent>[0-9]{1,6}(\.[0-9]{1,10})?)(?<tier>e|m|h|vh|z)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Grammar();
}

/// <summary>Which colour a digit wears.</summary>
public enum Mode
{
    /// <summary>Its dominant colour with the canvas's probability, else another digit's, uniformly.</summary>
    Rg,

    /// <summary>As <see cref="Rg"/> with the colours of each pair 0-1, 2-3, 4-5, 6-7, 8-9 swapped.</summary>
    Gr,

    /// <summary>White with the canvas's probability, else any dominant colour, uniformly.</summary>
    Bw,

    /// <summary>Any dominant colour, uniformly, whatever the digit.</summary>
    Un,
}
