namespace Pentimento.Tests;

/// <summary>Damaged copies of valid files: the same ones every time.</summary>
internal static class Corruption
{
    /// <summary>Copies with a few bytes changed, cut short, or with bytes put in; half of them damaged in the first bytes alone.</summary>
    /// <param name="whole">The valid file.</param>
    /// <param name="count">How many copies.</param>
    /// <param name="header">How many bytes the head has, where damage hurts most.</param>
    public static IEnumerable<byte[]> Of(byte[] whole, int count, int header)
    {
        var dice = new SplitMix64(new(2024));
        for (var copy = 0; copy < count; copy++)
        {
            var reach = copy % 2 == 0 ? Math.Min(header, whole.Length) : whole.Length;
            yield return Damage(whole, reach, ref dice);
        }
    }

    /// <summary>Whether reading gives a value or the one exception that says whose fault it is; any other exception escapes.</summary>
    public static bool IsRefused(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (BadInputException)
        {
            return true;
        }
    }

    private static byte[] Damage(byte[] whole, int reach, ref SplitMix64 dice)
    {
        var at = dice.Below(reach);
        switch (dice.Below(8))
        {
            case 0:
                return whole[..at];
            case 1:
                return [.. whole[..at], (byte)dice.Below(256), .. whole[at..]];
            case 2:
                return [.. whole[..at], .. whole[Math.Min(whole.Length, at + 1 + dice.Below(8))..]];
            default:
                var copy = whole.ToArray();
                for (var change = dice.Below(4); change >= 0; change--) copy[dice.Below(reach)] = (byte)dice.Below(256);
                return copy;
        }
    }
}
