using System.Buffers.Binary;
using System.Text;
using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Tests.Networks;

public sealed class SafeTensorsTests
{
    private static readonly byte[] Two = [0, 0, 128, 63, 0, 0, 0, 64];

    [Fact]
    public void Tensors_and_metadata_read_back_as_written()
    {
        using var scratch = new Scratch();
        var tensors = new Dictionary<string, NpyArray>
        {
            ["b"] = new(new float[] { 1, -2, 3 }, 3, 1),
            ["a"] = new(new[] { 0.5f }),
            ["none"] = new(Array.Empty<float>(), 0, 2),
        };

        SafeTensors.Write(scratch.At("w.safetensors"), tensors, new Dictionary<string, string> { ["network"] = "cnn3", ["é"] = "\"quoted\"" });
        var (read, metadata) = SafeTensors.Read(scratch.At("w.safetensors"));

        Assert.Equal(["b", "a", "none"], read.Keys);
        Assert.Equal([1, -2, 3], (float[])read["b"].Data);
        Assert.Equal([3, 1], read["b"].Shape);
        Assert.Empty(read["a"].Shape);
        Assert.Equal("\"quoted\"", metadata["é"]);
    }

    [Theory]
    [InlineData("F32", new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 })]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40 })]
    [InlineData("F16", new byte[] { 0, 0x3C, 0, 0x40 })]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0, 0x40 })]
    public void Every_floating_type_is_read_as_float32(string type, byte[] values)
    {
        var header = $$$"""{"x":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,{{{values.Length}}}]}}""";

        Assert.Equal([1f, 2f], (float[])Read(File(header, values))["x"].Data);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", "expected them")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "expected them")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "expected them")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""", "expected them")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "expected them")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "expected them")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "needs")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "needs more")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", "needs more")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", "expected dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", "expected dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "expected dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2]}}""", "expected dtype, shape and data_offsets")]
    [InlineData("""{"x":null}""", "expected dtype, shape and data_offsets")]
    [InlineData("""{"x":[1]}""", "expected dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"U64","shape":[1],"data_offsets":[0,8]}}""", "known are F64, F32, F16, BF16, I64, I32")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not JSON")]
    [InlineData("""{"x":{"dtype":"F32","dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not JSON")]
    [InlineData("", "not JSON")]
    public void A_header_that_lies_is_refused_in_a_sentence(string header, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Read(File(header, Two))).Message);

    [Fact]
    public void Names_that_are_no_text_are_refused()
    {
        var bytes = File("""{"?":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Two);
        bytes[10] = 0xFF;

        Assert.Throws<BadInputException>(() => Read(bytes));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(99_999_999UL)]
    public void A_huge_header_is_refused_before_anything_is_allocated(ulong length)
    {
        var bytes = File("{}", Two);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("claims a header", Assert.Throws<BadInputException>(() => Read(bytes)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Every_cut_is_noticed()
    {
        var whole = File("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Two);
        for (var length = 0; length < whole.Length; length++) Assert.Throws<BadInputException>(() => Read(whole[..length]));
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_but_never_crash()
    {
        var header =
            """{"__metadata__":{"network":"cnn3"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"""
            + "\"y\":" + """{"dtype":"F16","shape":[2,2],"data_offsets":[8,16]}}""";
        var whole = File(header, [.. Two, .. Two]);

        Assert.InRange(Corruption.Of(whole, 2000, 8 + header.Length).Count(bytes => Corruption.IsRefused(() => Read(bytes))), 500, 1999);
    }

    private static byte[] File(string header, byte[] values)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, text.Length);
        return [.. size, .. text, .. values];
    }

    private static IReadOnlyDictionary<string, NpyArray> Read(byte[] bytes)
    {
        using var scratch = new Scratch();
        return SafeTensors.Read(scratch.Write("w.safetensors", bytes)).Tensors;
    }
}
