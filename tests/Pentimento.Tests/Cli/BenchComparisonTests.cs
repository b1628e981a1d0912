using Pentimento.Cli.Speed;

namespace Pentimento.Tests.Cli;

/// <summary>What became slower, beyond the noise of a machine that does other things as well.</summary>
public sealed class BenchComparisonTests
{
    [Theory]
    [InlineData(new[] { 9.0, 8, 7 }, Change.Slower)]
    [InlineData(new[] { 9.0, 10, 7 }, Change.WithinNoise)]
    [InlineData(new[] { 12.0, 14, 13 }, Change.WithinNoise)]
    [InlineData(new[] { 12.5, 14, 13 }, Change.Faster)]
    public void Only_rounds_that_all_lie_beyond_count(double[] now, Change expected)
    {
        var before = new BenchResult([Row("step", [10, 11, 12])], "a machine");

        var change = Assert.Single(BenchComparison.Of(before, [Row("step", now), Row("other", [1])]));

        Assert.Equal(expected, change.Change);
    }

    [Fact]
    public void What_was_not_measured_in_rounds_is_not_compared() =>
        Assert.Empty(BenchComparison.Of(new([new("step", 10, "images/s")], "a machine"), [Row("step", [9])]));

    [Fact]
    public void The_output_of_an_earlier_bench_is_read_and_other_files_are_refused()
    {
        using var scratch = new Scratch();
        Command.Succeed("bench", "inference", "--limit", "20", "--out", scratch.At("bench.json"));

        var changes = Command.Succeed("bench", "inference", "--limit", "20", "--compare", scratch.At("bench.json"), "--json").Json["changes"]!;

        Assert.Equal("inference", (string)changes.AsArray().Single()!["name"]!);
        var empty = scratch.Write("other.json", """{"benchmarks":[],"machine":"none"}""");
        Assert.Contains("no measurements", Command.Complaint(1, "bench", "--compare", empty));
    }

    [Fact]
    public void A_peer_does_its_work_each_time_it_is_asked()
    {
        using var peer = PyTorchProcess.Start("/usr/bin/python3", "inference", 1);
        Assert.SkipWhen(peer is null, "PyTorch is not there to compare with: apt-get install python3-torch.");

        Assert.StartsWith("PyTorch ", peer.Name);
        Assert.All([peer.Seconds(), peer.Seconds()], seconds => Assert.InRange(seconds, 1e-6, 600));
    }

    [Fact]
    public void Where_there_is_no_such_python_nothing_is_compared() => Assert.Null(PyTorchProcess.Start("no-such-python", "inference", 1));

    [Fact]
    public void A_page_names_its_command_what_stands_beside_and_the_spread_of_the_rounds()
    {
        var beside = Row("pgd", [214]) with { Peer = new("PyTorch 1.13", 56.6, 3.764, 3.69, 3.916) };
        var page = BenchPage.Of(new([beside, new("copying memory", 44.84, "GB/s")], "a machine, 2 cores"), ["pgd"], new(2026, 11, 29));

        Assert.Contains("    pentimento bench pgd --page speed.md\n", page, StringComparison.Ordinal);
        Assert.Contains("29 November 2026, a machine, 2 cores.", page, StringComparison.Ordinal);
        Assert.Contains("| work | here | instead | times as fast | beside |\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "| PGD of 40 steps, 500 digits | 214 images/s | 56.6 images/s | 3.76 (3.69 to 3.92) | PyTorch 1.13 |\n", page, StringComparison.Ordinal);
        Assert.EndsWith("| copying memory | 44.8 GB/s |\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_written_beside_the_measurements()
    {
        using var scratch = new Scratch();

        Command.Succeed("bench", "inference", "--limit", "20", "--page", scratch.At("speed.md"));

        Assert.StartsWith("# How fast it is\n", File.ReadAllText(scratch.At("speed.md")), StringComparison.Ordinal);
        Assert.Contains(".md", Command.Complaint(1, "bench", "inference", "--page", scratch.At("speed.txt")), StringComparison.Ordinal);
    }

    private static Measured Row(string name, double[] rounds) => new(name, rounds[0], "images/s") { Rounds = rounds };
}
