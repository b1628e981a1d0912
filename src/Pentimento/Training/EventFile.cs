using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Pentimento.Training;

/// <summary>A training's measurements as TensorBoard reads them: records of a length, its checksum, an event and its checksum.</summary>
/// <remarks>TensorFlow, "TFRecord and tf.train.Example", and event.proto: an event's time is in seconds since 1970.</remarks>
internal static class EventFile
{
    /// <summary>Adds one step's scalars to the event file of a folder, which is begun where there is none.</summary>
    /// <param name="folder">The folder of one training.</param>
    /// <param name="step">Which step or epoch was measured.</param>
    /// <param name="scalars">Tags and values.</param>
    public static void Append(string folder, long step, IEnumerable<(string Tag, double Value)> scalars)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        Directory.CreateDirectory(folder);
        var begun = Directory.EnumerateFiles(folder, "events.out.tfevents.*").Order(StringComparer.Ordinal).FirstOrDefault();
        var file = begun ?? Path.Combine(folder, string.Create(CultureInfo.InvariantCulture,
            $"events.out.tfevents.{(long)now:0000000000}.pentimento"));
        using var records = new MemoryStream();
        if (begun is null) Record(records, Event(now, null, Field(3, Encoding.UTF8.GetBytes("brain.Event:2"))));
        foreach (var (tag, value) in scalars) Record(records, Event(now, step, Field(5, Field(1, Value(tag, (float)value)))));
        // One write, so that a reader meets whole records.
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(records.ToArray());
    }

    private static byte[] Event(double time, long? step, byte[] what)
    {
        var start = new byte[9];
        start[0] = (1 << 3) | 1;
        BinaryPrimitives.WriteDoubleLittleEndian(start.AsSpan(1), time);
        return [.. start, .. step is { } at ? [2 << 3, .. Varint((ulong)at)] : (byte[])[], .. what];
    }

    private static byte[] Value(string tag, float value)
    {
        var number = new byte[5];
        number[0] = (2 << 3) | 5;
        BinaryPrimitives.WriteSingleLittleEndian(number.AsSpan(1), value);
        return [.. Field(1, Encoding.UTF8.GetBytes(tag)), .. number];
    }

    private static byte[] Field(int number, byte[] content) => [(byte)((number << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    private static void Record(MemoryStream stream, byte[] content)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, content.Length);
        stream.Write(number);
        stream.Write(Checksum(number));
        stream.Write(content);
        stream.Write(Checksum(content));
    }

    /// <summary>CRC-32C, turned and shifted, because checksums of checksums are weak.</summary>
    private static byte[] Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return BitConverter.GetBytes(BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
    }
}
