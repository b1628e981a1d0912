using System.Text;
using CsCheck;
using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class NpyTests
{
    private static readonly Gen<long[]> Shapes = Gen.Long[0, 4].Array[0, 4];

    [Fact]
    public void Every_type_and_shape_reads_back_as_written() =>
        Gen.Select(Shapes, Gen.Int[0, 11], Gen.ULong)
            .Sample(
                (shape, kind, bits) =>
                {
                    var array = Random(shape, kind, new(new Seed(bits)));
                    var back = Read(Written(array));
                    return back.Shape.SequenceEqual(shape)
                        && back.Data.GetType() == array.Data.GetType()
                        && back.Data.Cast<object>().SequenceEqual(array.Data.Cast<object>());
                },
                iter: 500);

    [Fact]
    public void Values_start_at_a_multiple_of_64_bytes() => Shapes.Sample(shape =>
    {
        var array = Random(shape, 3, new(new Seed(1)));
        return (Written(array).Length - (array.Data.Length * 8)) % 64 == 0;
    }, iter: 200);

    [Theory]
    [InlineData("{'shape': (2,), 'fortran_order': False, 'descr': '<i4'}")]
    [InlineData("{'fortran_order': False, 'descr': '<i4', 'shape': (2L,), }")]
    [InlineData("{\"descr\":\"<i4\",\"shape\":(2),\"fortran_order\":False}")]
    public void The_order_of_a_headers_keys_carries_no_meaning(string header) => Assert.Equal([1, 2], Read(WithHeader(header)).Data.Cast<int>());

    [Theory]
    [InlineData("{'descr': '<i4', 'fortran_order': False}")]
    [InlineData("{'descr': '<i4', 'descr': '<i4', 'fortran_order': False, 'shape': (2,)}")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), 'more': 1}")]
    [InlineData("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (2,)}")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (2,)} x")]
    [InlineData("{'descr': '<i4' 'fortran_order': False, 'shape': (2,)}")]
    public void Another_dictionary_is_no_header(string header) =>
        Assert.Contains("not one of NumPy's", Assert.Throws<BadInputException>(() => Read(WithHeader(header))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_header_of_many_numbers_is_read_once() =>
        // Tens of thousands of steps where a pattern that tries every division took billions.
        Assert.Contains(
            "not one of NumPy's",
            Assert.Throws<BadInputException>(() =>
                Read(WithHeader($"{{'descr': '<i4', 'fortran_order': False, 'shape': "
                    + $"({string.Concat(Enumerable.Repeat("1,", 30_000))}x)}}"))).Message,
            StringComparison.Ordinal);

    private static byte[] WithHeader(string header)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, 1, 0, 0, 0, 2, 0, 0, 0];
    }

    [Fact]
    public void The_header_is_numpys_to_the_byte()
    {
        // numpy.save of numpy.array([1, 2], dtype=numpy.int32).
        byte[] expected =
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            0x76,
            0,
            .. Encoding.ASCII.GetBytes("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }".PadRight(117)),
            10,
            1,
            0,
            0,
            0,
            2,
            0,
            0,
            0,
        ];

        Assert.Equal(expected, Written(new(new[] { 1, 2 }, 2)));
    }

    [Fact]
    public void Column_major_values_are_put_in_row_order()
    {
        // ((0, 1, 2), (3, 4, 5)) column by column is 0 3 1 4 2 5.
        var array = Read(File("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", [0, 3, 1, 4, 2, 5]));

        Assert.Equal([0, 1, 2, 3, 4, 5], (byte[])array.Data);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_versions_are_read(byte version) =>
        Assert.Equal([7, 8], (byte[])Read(File("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n", [7, 8], version)).Data);

    [Fact]
    public void The_most_significant_byte_may_come_first()
    {
        Assert.Equal([258, -2], (short[])Read(File("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }", [1, 2, 0xFF, 0xFE])).Data);
        Assert.Equal([1.5], (double[])Read(File("{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", [0x3F, 0xF8, 0, 0, 0, 0, 0, 0])).Data);
    }

    [Fact]
    public void Every_byte_but_zero_is_true()
    {
        var truths = (bool[])Read(File("{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }", [0, 7, 1])).Data;

        Assert.Equal([false, true, true], truths);
        // A bool of byte 7 would be true and yet not equal to true.
        Assert.Equal(1, System.Runtime.CompilerServices.Unsafe.BitCast<bool, byte>(truths[1]));
    }

    [Fact]
    public void Sizes_that_python_2_wrote_as_long_are_read() =>
        Assert.Equal([2, 1], Read(File("{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1L), }", [7, 8])).Shape);

    [Fact]
    public void Beyond_two_gigabytes_an_array_is_refused_before_anything_is_allocated()
    {
        var header = File("{'descr': '|u1', 'fortran_order': False, 'shape': (2147483648,), }", []);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains(
            "beyond 2 GB",
            Assert.Throws<BadInputException>(() => Npy.Read(new MemoryStream(header), header.Length + (1L << 31), "array")).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_scalar_has_no_dimension()
    {
        var array = Read(File("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", [7]));

        Assert.Empty(array.Shape);
        Assert.Equal([7], (byte[])array.Data);
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-2,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (999999999999999999, 999999999999999999), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296, 2), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9999999999999999999999,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1 2), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (٢,), }")]
    [InlineData("{'descr': '|u2', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': '>f8', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': Maybe, 'shape': (2,), }")]
    [InlineData("")]
    public void A_header_that_lies_or_means_something_else_is_refused(string header) =>
        Assert.Throws<BadInputException>(() => Read(File(header, [7, 8])));

    [Fact]
    public async Task A_header_of_digits_is_refused_at_once()
    {
        var header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + new string('1', 60_000);

        // A pattern that tries every way of cutting the digits apart would not end within this galaxy's life.
        await Task.Run(() => Assert.Throws<BadInputException>(() => Read(File(header, [7, 8])))).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void More_dimensions_than_numpy_has_are_refused()
    {
        // In Fortran's order each value costs a step for each dimension.
        static byte[] Of(int dimensions) =>
            File($"{{'descr': '|u1', 'fortran_order': True, 'shape': (2, {string.Concat(Enumerable.Repeat("1, ", dimensions - 1))}), }}", [7, 8]);

        Assert.Equal(64, Read(Of(64)).Shape.Length);
        Assert.Contains("has 65 dimensions", Assert.Throws<BadInputException>(() => Read(Of(65))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_longer_than_the_file_is_refused_before_anything_is_allocated()
    {
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<BadInputException>(() => Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_but_never_crash()
    {
        var whole = Written(Random([5, 3], 4, new(new Seed(1))));

        Assert.InRange(Corruption.Of(whole, 2000, 128).Count(bytes => Corruption.IsRefused(() => Read(bytes))), 500, 1999);
    }

    private static NpyArray Read(byte[] bytes) => Npy.Read(new MemoryStream(bytes), bytes.Length, "array");

    private static byte[] Written(NpyArray array)
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, array);
        return stream.ToArray();
    }

    private static byte[] File(string header, byte[] values, byte version = 1)
    {
        var text = Encoding.UTF8.GetBytes(header);
        byte[] size = version == 1 ? [(byte)text.Length, (byte)(text.Length >> 8)] : [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, version, 0, .. size, .. text, .. values];
    }

    private static NpyArray Random(long[] shape, int kind, SplitMix64 dice)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        Array data = kind switch
        {
            0 => new byte[count],
            1 => new bool[count],
            2 => new int[count],
            3 => new long[count],
            4 => new float[count],
            5 => new sbyte[count],
            6 => new short[count],
            7 => new ushort[count],
            8 => new uint[count],
            9 => new ulong[count],
            10 => new Half[count],
            _ => new double[count],
        };
        for (var at = 0; at < count; at++)
        {
            var value = dice.Below(kind == 1 ? 2 : 100);
            data.SetValue(kind == 10 ? (Half)value : Convert.ChangeType(value, data.GetType().GetElementType()!, null), at);
        }

        return new(data, shape);
    }
}
