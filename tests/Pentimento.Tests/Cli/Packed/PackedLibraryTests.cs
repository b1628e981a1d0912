using CsCheck;
using Pentimento.Cli.Packed;

namespace Pentimento.Tests.Cli.Packed;

public sealed class PackedLibraryTests
{
    private const int Block = 1 << 20;
    private const byte Call = 0xE8;

    // Calls and jumps everywhere, with targets in and out of reach, also where a block or the library ends.
    private static readonly Gen<byte[]> Libraries =
        Gen.Frequency((1, Gen.Const(Call)), (1, Gen.Const((byte)0xE9)), (1, Gen.Const((byte)0)), (1, Gen.Byte)).Array;

    [Fact]
    public void Whatever_is_packed_comes_back() => Libraries.Sample(
        library =>
        {
            using var scratch = new Scratch();
            Assert.Equal(library, Restored(Packed(scratch, library)));
        },
        iter: 100);

    [Theory]
    [InlineData((1 << 28) - 1)]
    [InlineData(1 << 28)]
    [InlineData(-(1 << 28))]
    [InlineData(-(1 << 28) - 1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_target_where_reach_ends_comes_back(int target)
    {
        // Behind the first block, so that the place takes the target over the edge.
        byte[] library = [.. new byte[Block + 7], Call, .. BitConverter.GetBytes(target), .. new byte[7]];
        using var scratch = new Scratch();

        Assert.Equal(library, Restored(Packed(scratch, library)));
    }

    [Fact]
    public void Calls_of_one_function_are_the_same_bytes_so_that_many_cost_as_little_as_one()
    {
        // Between the calls come bytes that nobody calls; the relative target is another one each time.
        var library = new byte[3 * Block];
        for (var at = 0; at + 8 <= library.Length; at += 8)
        {
            library[at] = Call;
            BitConverter.TryWriteBytes(library.AsSpan(at + 1), -at);
        }

        using var scratch = new Scratch();
        var packed = Packed(scratch, library);

        Assert.Equal(library, Restored(packed));
        Assert.InRange(new FileInfo(packed).Length, 0, library.Length / 1000);
    }

    [Fact]
    public void Its_description_is_the_librarys_length_and_hash()
    {
        using var scratch = new Scratch();

        var (length, hash) = PackedLibrary.Describe(Packed(scratch, "abc"u8.ToArray()));

        // FIPS 180-2, appendix B.1.
        Assert.Equal(3, length);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(39)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(-1)]
    public void One_that_is_cut_short_is_damaged(int length)
    {
        using var scratch = new Scratch();
        var packed = Packed(scratch, Some);
        var bytes = File.ReadAllBytes(packed);
        File.WriteAllBytes(packed, bytes[..(length < 0 ? bytes.Length + length : length)]);

        Assert.Contains("is damaged", Assert.Throws<BadInputException>(() => Restored(packed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_any_byte_changed_it_is_damaged_and_never_another_library() => Gen.Int[0, 10_000].Sample(
        place =>
        {
            using var scratch = new Scratch();
            var packed = Packed(scratch, Some);
            var bytes = File.ReadAllBytes(packed);
            bytes[place % bytes.Length] ^= 0x10;
            File.WriteAllBytes(packed, bytes);

            // Brotli has bits that nobody reads.
            if (Record.Exception(() => Assert.Equal(Some, Restored(packed))) is { } failure) Assert.IsType<BadInputException>(failure);
        },
        iter: 100);

    /// <summary>A library that does not pack to nothing.</summary>
    internal static byte[] Some { get; } = [.. Enumerable.Range(0, 5000).SelectMany(at => BitConverter.GetBytes(at * at))];

    private static string Packed(Scratch scratch, byte[] library)
    {
        var packed = scratch.At("library.so.packed");
        PackedLibrary.Pack(scratch.Write("library.so", library), packed);
        return packed;
    }

    private static byte[] Restored(string packed)
    {
        using var restored = new MemoryStream();
        PackedLibrary.Unpack(packed, restored, _ => { });
        return restored.ToArray();
    }
}
