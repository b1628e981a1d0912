using CsCheck;
using Pentimento.Data.Zip;

namespace Pentimento.Tests.Data.Zip;

public sealed class HuffmanCodeTests
{
    [Fact]
    public void Frequent_symbols_get_short_codes()
    {
        // Worked out by hand: 1 and 1 join to 2, that and 2 to 4, that and 5 to 9.
        Assert.Equal([3, 0, 3, 2, 1], Fitted([1, 0, 1, 2, 5], 7).Lengths);
    }

    [Fact]
    public void Codes_are_canonical_and_their_first_bit_is_lowest()
    {
        // RFC 1951, section 3.2.2: 5 gets 0, 2 gets 10, the ones get 110 and 111.
        Assert.Equal([0b011, 0, 0b111, 0b01, 0], Fitted([1, 0, 1, 2, 5], 7).Bits);
    }

    [Fact]
    public void Codes_fill_their_room_exactly_and_keep_to_the_limit() =>
        Gen.Int[0, 1 << 20]
            .Array[2, 286]
            .Where(counts => counts.Count(count => count > 0) >= 2)
            .Sample(
                counts =>
                {
                    foreach (var limit in new[] { 9, 12 })
                    {
                        var lengths = Fitted([.. counts.Select(count => count >> (count & 15))], limit).Lengths;
                        var used = lengths.Where(length => length > 0).ToList();
                        if (used.Count < 2)
                            continue;
                        Assert.InRange(used.Max(), (byte)1, limit);
                        Assert.Equal(1 << limit, used.Sum(length => 1 << (limit - length)));
                    }
                },
                iter: 300);

    [Fact]
    public void Too_long_codes_are_shortened()
    {
        // Doubling counts would make codes of 1 to 9 bits.
        var lengths = Fitted([1, 1, 2, 4, 8, 16, 32, 64, 128, 256], 5).Lengths;

        Assert.Equal(5, lengths.Max());
        Assert.Equal(1 << 5, lengths.Sum(length => 1 << (5 - length)));
        Assert.Equal(lengths.OrderDescending(), lengths);
    }

    private static HuffmanCode Fitted(int[] counts, int limit)
    {
        var code = new HuffmanCode(counts.Length, limit);
        code.Fit(counts);
        return code;
    }
}
