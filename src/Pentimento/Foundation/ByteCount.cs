using System.Globalization;

namespace Pentimento.Foundation;

/// <summary>Amounts of memory as users write them.</summary>
internal static class ByteCount
{
    private const string Units = "KMGT";

    /// <summary>Reads a number of bytes with an optional unit of 1024, 1024² and so on: <c>8G</c>, <c>512M</c>, <c>1.5GB</c>.</summary>
    /// <exception cref="BadInputException">It is not of this form, or less than a megabyte.</exception>
    public static long Parse(string text)
    {
        var plain = text.Trim().ToUpperInvariant();
        if (plain.EndsWith("IB", StringComparison.Ordinal)) plain = plain[..^2];
        else if (plain.EndsWith('B')) plain = plain[..^1];
        var power = plain.Length == 0 ? 0 : Units.IndexOf(plain[^1], StringComparison.Ordinal) + 1;
        var number = power == 0 ? plain : plain[..^1];
        var bytes = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value * Math.Pow(1024,
            power) : 0;
        Require.That(bytes is >= 1 << 20 and < 1L << 60, $"'{Printable.Short(text)}' is not an amount of memory such as 8G or 512M.");
        return (long)bytes;
    }

    /// <summary>Writes a number of bytes for people, as 1.5 GB.</summary>
    public static string Write(long bytes)
    {
        var power = Math.Clamp((int)Math.Log(Math.Max(1, bytes), 1024), 1, Units.Length);
        return $"{(bytes / Math.Pow(1024, power)).ToString("0.#", CultureInfo.InvariantCulture)} {Units[power - 1]}B";
    }
}
