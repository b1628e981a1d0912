using System.Text.Json.Nodes;
using Pentimento.Training;

namespace Pentimento.Tests.Training;

public sealed class TrainingLogTests
{
    [Fact]
    public void Every_epoch_is_a_line_and_trainings_share_the_file()
    {
        using var scratch = new Scratch();
        var (lazy, repaired) = (
            new TrainingLog([]) { Folder = scratch.Folder, Stage = "lazy" },
            new TrainingLog([]) { Folder = scratch.Folder, Stage = "repaired" }
        );

        foreach (var count in (int[])[1, 2]) lazy.Write(History(count));
        repaired.Write(History(1));
        // Begun anew: what the longer attempt wrote goes.
        lazy.Write(History(1));

        var lines = File.ReadAllLines(scratch.At("metrics.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal([("repaired", 1), ("lazy", 1)], lines.Select(line => (line["stage"]!.GetValue<string>(), line["epoch"]!.GetValue<int>())));
        Assert.Equal(0.5, lines[0]["loss"]!.GetValue<double>());
    }

    [Fact]
    public void TensorBoard_finds_event_files_with_valid_checksums()
    {
        using var scratch = new Scratch();
        (new TrainingLog([]) { Folder = scratch.Folder, Stage = "lazy" }).Write(History(1));

        var file = Assert.Single(Directory.GetFiles(scratch.At("tensorboard/lazy")));
        Assert.Contains("tfevents", file, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(file);
        var tags = 0;
        // A record: length (8), its masked checksum (4), the event, its masked checksum (4).
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BitConverter.ToInt64(bytes, at);
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BitConverter.ToUInt32(bytes, at + 8));
            Assert.Equal(Masked(bytes.AsSpan(at + 12, length)), BitConverter.ToUInt32(bytes, at + 12 + length));
            if (bytes.AsSpan(at + 12, length).IndexOf("train/"u8) >= 0) tags++;
            at += 16 + length;
        }

        Assert.Equal(3, tags);
    }

    [Fact]
    public void The_listener_is_called_after_every_epoch_and_an_empty_log_writes_nothing()
    {
        var heard = new List<int>();

        (TrainingLog.Empty with { Listener = history => heard.Add(history.Count) }).Write(History(2));

        Assert.Equal([2], heard);
    }

    private static List<EpochRecord> History(int count) =>
        [.. Enumerable.Range(1, count).Select(epoch => new EpochRecord(epoch, epoch, 0.5, 0.9, null, 0.001, 1, [0.5], []))];

    /// <summary>CRC-32C, rotated and shifted as TensorFlow's records want it.</summary>
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = System.Numerics.BitOperations.Crc32C(crc, value);
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
