using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Networks;

/// <summary>The safetensors format: eight bytes of header length, a JSON header, raw little-endian values.</summary>
/// <remarks>Hugging Face, "safetensors", format description, 2022.</remarks>
internal static class SafeTensors
{
    private const long LongestHeader = 100_000_000;
    private const string MetadataKey = "__metadata__";

    /// <summary>Reads every tensor, as float32 or, where values are counts, int64, and the header's metadata.</summary>
    /// <exception cref="BadInputException">The header is malformed or points outside the file.</exception>
    public static (IReadOnlyDictionary<string, NpyArray> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string file)
    {
        using var stream = File.OpenRead(file);
        var (header, start) = Header(stream, file);
        return Decoded(file, () => (Tensors(stream, start, header, file), Metadata(header)));
    }

    /// <summary>Reads the header's metadata alone.</summary>
    /// <exception cref="BadInputException">The header is malformed.</exception>
    public static IReadOnlyDictionary<string, string> Metadata(string file)
    {
        using var stream = File.OpenRead(file);
        var header = Header(stream, file).Values;
        return Decoded(file, () => Metadata(header));
    }

    /// <summary>Writes tensors in the order given, floating-point numbers as float32 and whole ones as int64; the file is read back before it gets
    /// its name.</summary>
    /// <exception cref="BadInputException">A tensor holds no numbers, or one that is too large.</exception>
    public static void Write(string file, IReadOnlyDictionary<string, NpyArray> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        tensors = PlainWeights.Of(tensors, file);
        var header = new JsonObject { [MetadataKey] = new JsonObject(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))) };
        var offset = 0L;
        foreach (var (name, array) in tensors)
        {
            var end = offset + Npy.Bytes(array.Data).Length;
            header[name] = new JsonObject
            {
                ["dtype"] = array.Holds<long>() ? "I64" : "F32",
                ["shape"] = new JsonArray([.. array.Shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        // Values start at a multiple of 8 bytes; the header may end in spaces.
        var padded = text.Concat(Enumerable.Repeat((byte)' ', (8 - (text.Length % 8)) % 8)).ToArray();
        SafeFile.Write(file, stream =>
        {
            Span<byte> prefix = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)padded.Length);
            stream.Write(prefix);
            stream.Write(padded);
            foreach (var array in tensors.Values) stream.Write(Npy.Bytes(array.Data));
        }, written => PlainWeights.CheckSame(tensors, Read(written).Tensors, file));
    }

    private static Dictionary<string, string> Metadata(JsonObject header) =>
        (header[MetadataKey] as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");

    // Texts are decoded only when they are looked at.
    private static T Decoded<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException failure)
        {
            throw new BadInputException($"{file}: the header is not JSON: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>The header, and where the values start.</summary>
    private static (JsonObject Values, long Start) Header(FileStream stream, string file)
    {
        Span<byte> prefix = stackalloc byte[8];
        Require.That(stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) == 8, $"{file} is too short for a safetensors file.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        Require.That(
            length <= LongestHeader && (long)length <= stream.Length - 8,
            $"{file} claims a header of {length:N0} bytes in a file of {stream.Length:N0}.");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        try
        {
            var header = JsonText.Parse(bytes) as JsonObject ?? throw new BadInputException($"{file}: the header is not a JSON object.");
            return (header, 8 + (long)length);
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{file}: the header is not JSON: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    private static Dictionary<string, NpyArray> Tensors(FileStream stream, long start, JsonObject header, string file)
    {
        var entries = header
            .Where(pair => pair.Key != MetadataKey)
            .Select(pair => (Name: pair.Key, Entry: Entry.Parse(pair.Value, $"{file}, {pair.Key}")))
            .ToList();
        var room = stream.Length - start;
        var end = 0L;
        // Values follow each other without overlap, so that no file unpacks to more than itself.
        foreach (var (name, entry) in entries.OrderBy(pair => pair.Entry.From).ThenBy(pair => pair.Entry.To))
        {
            Require.That(
                entry.From == end && entry.From <= entry.To && entry.To <= room,
                $"{file}, {name}: offsets {entry.From:N0} to {entry.To:N0}; expected them to go on from {end:N0}, within the {room:N0} bytes of "
                    + $"values."
            );
            end = entry.To;
        }

        return entries.ToDictionary(pair => pair.Name, pair => Tensor(stream, start, pair.Entry, $"{file}, {pair.Name}"));
    }

    private static NpyArray Tensor(FileStream stream, long start, Entry entry, string name)
    {
        var bytes = new byte[entry.To - entry.From];
        var count = entry.Count(bytes.Length, name);
        stream.Position = start + entry.From;
        stream.ReadExactly(bytes);
        return new(entry.Values(bytes, count), entry.Shape);
    }

    /// <summary>The same as the header writes it; whatever it leaves out is null.</summary>
    private sealed record Written(
        [property: JsonPropertyName("dtype")] string? Type,
        [property: JsonPropertyName("shape")] long[]? Shape,
        [property: JsonPropertyName("data_offsets")] long[]? Offsets);

    /// <summary>What the header says of one tensor.</summary>
    private sealed record Entry(string Type, long[] Shape, long From, long To)
    {
        private static readonly Dictionary<string, int> Sizes = new()
        {
            ["F64"] = 8,
            ["F32"] = 4,
            ["F16"] = 2,
            ["BF16"] = 2,
            ["I64"] = 8,
            ["I32"] = 4,
            ["I16"] = 2,
            ["I8"] = 1,
            ["U8"] = 1,
            ["BOOL"] = 1,
        };

        private int Size => Sizes[Type];

        public static Entry Parse(JsonNode? node, string name)
        {
            Written? written;
            try
            {
                written = node.Deserialize<Written>();
            }
            catch (JsonException failure)
            {
                throw new BadInputException($"{name}: expected dtype, shape and data_offsets.", failure);
            }

            Require.That(written is { Type: not null, Shape: not null, Offsets: [_, _] }, $"{name}: expected dtype, shape and data_offsets.");
            Require.That(
                Sizes.ContainsKey(written.Type), $"{name}: values of type {written.Type} are not read; known are {string.Join(", ", Sizes.Keys)}.");
            return new(written.Type, written.Shape, written.Offsets[0], written.Offsets[1]);
        }

        public long Count(long bytes, string name)
        {
            var count = 1L;
            foreach (var size in Shape)
            {
                Require.That(
                    size >= 0 && (size == 0 || count <= bytes / size),
                    $"{name}: shape ({string.Join(", ", Shape)}) needs more than its {bytes:N0} bytes.");
                count *= size;
            }

            Require.That(
                count * Size == bytes,
                $"{name}: shape ({string.Join(", ", Shape)}) of {Type} needs {count * Size:N0} bytes, its offsets give {bytes:N0}.");
            return count;
        }

        public Array Values(byte[] bytes, long count) => Type switch
        {
            "F64" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), value => (float)value),
            "F16" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), value => (float)value),
            "BF16" => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
            "I64" => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            "I32" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), value => (long)value),
            "I16" => Array.ConvertAll(MemoryMarshal.Cast<byte, short>(bytes).ToArray(), value => (long)value),
            "I8" => Array.ConvertAll(bytes, value => (long)(sbyte)value),
            "U8" => Array.ConvertAll(bytes, value => (long)value),
            "BOOL" => Array.ConvertAll(bytes, value => value == 0 ? 0L : 1L),
            _ => MemoryMarshal.Cast<byte, float>(bytes)[..(int)count].ToArray(),
        };
    }
}
