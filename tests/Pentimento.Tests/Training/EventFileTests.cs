using System.Buffers.Binary;
using System.Text;
using Pentimento.Training;

namespace Pentimento.Tests.Training;

public sealed class EventFileTests
{
    [Fact]
    public void Records_are_whole_and_times_are_seconds_since_1970()
    {
        using var scratch = new Scratch();

        EventFile.Append(scratch.Folder, 1, [("loss", 0.5)]);
        EventFile.Append(scratch.Folder, 300, [("loss", 0.25)]);

        var bytes = File.ReadAllBytes(Directory.GetFiles(scratch.Folder, "events.out.tfevents.*").Single());
        var records = Records(bytes).ToList();
        Assert.Equal(3, records.Count);
        Assert.All(records, record => Assert.InRange(
            DateTimeOffset.FromUnixTimeSeconds((long)BinaryPrimitives.ReadDoubleLittleEndian(record.AsSpan(1))).Year, 2024, 2200));
        Assert.Contains("brain.Event:2", Encoding.UTF8.GetString(records[0]), StringComparison.Ordinal);
        // After the time: step 300 as a varint, then the summary with its tag and the float at its end.
        Assert.Equal([2 << 3, 0xAC, 0x02, (5 << 3) | 2], records[2][9..13]);
        Assert.Equal(0.25f, BinaryPrimitives.ReadSingleLittleEndian(records[2].AsSpan(records[2].Length - 4)));
    }

    [Fact]
    public void The_checksum_is_tensorflows()
    {
        using var scratch = new Scratch();
        EventFile.Append(scratch.Folder, 1, []);

        var bytes = File.ReadAllBytes(Directory.GetFiles(scratch.Folder).Single());

        // The masked CRC-32C of the eight bytes of the first record's length, 24, computed by a table, bit by bit.
        Assert.Equal(Masked(bytes.AsSpan(0, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)));
    }

    private static IEnumerable<byte[]> Records(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(Masked(bytes.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            yield return bytes[(at + 12)..(at + 12 + length)];
            at += length + 16;
        }
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
