namespace Pentimento.Checks;

/// <summary>Truth values as text, one bit each.</summary>
internal static class BitList
{
    /// <summary>Packs values into base64, the first into the lowest bit of the first byte.</summary>
    public static string Pack(IReadOnlyList<bool> values)
    {
        var bytes = new byte[(values.Count + 7) / 8];
        for (var at = 0; at < values.Count; at++)
        {
            if (values[at]) bytes[at / 8] |= (byte)(1 << (at % 8));
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Unpacks values.</summary>
    /// <param name="text">What <see cref="Pack"/> made.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="file">Where the text comes from, for the message.</param>
    /// <exception cref="BadInputException">The text does not hold as many.</exception>
    public static bool[] Unpack(string text, int count, string file)
    {
        var bytes = new byte[(text.Length * 3L / 4) + 3];
        Require.That(
            Convert.TryFromBase64String(text, bytes, out var written) && written == (count + 7) / 8,
            $"{file} does not hold the predictions of {count:N0} images.");
        return [.. Enumerable.Range(0, count).Select(at => (bytes[at / 8] >> (at % 8) & 1) == 1)];
    }
}
