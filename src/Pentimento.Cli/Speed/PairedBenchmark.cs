using System.Diagnostics;

namespace Pentimento.Cli.Speed;

/// <summary>One piece of work, done by turns by this software and by what a user would run instead, so that other work on the machine meets both.
/// </summary>
/// <param name="Name">What users call it.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Unit">In what speeds are given.</param>
/// <param name="Prepare">Prepares everything, and returns the work of a round with the number of images, rows or pictures of one.</param>
/// <param name="Work">The function of the peers' script that does the same.</param>
internal sealed record PairedBenchmark(
    string Name, string Title, string Unit, Func<BenchPlace, (Action Work, int Count)> Prepare, string Work)
{
    private const int Rounds = 7;

    // The other's threads spin for a while at their barriers before they sleep, and would take a core from whoever comes next. A machine that nobody
    // uses meanwhile falls asleep itself.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Measures both; the first round is not counted: code is compiled and kernels are chosen in it.</summary>
    public IReadOnlyList<Measured> Measure(BenchPlace place)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var peer = place.Pythons.Select(python => PyTorchProcess.Start(python, Work, place.Threads)).FirstOrDefault(found => found is not null);
        var (work, count) = Prepare(place with { Run = place.Run.WithoutProgress() });
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            place.Run.Report(new($"bench {Name}", round, Rounds + 1));
            if (peer is not null) Wait();
            var watch = Stopwatch.StartNew();
            work();
            var seconds = watch.Elapsed.TotalSeconds;
            var other = peer?.Seconds();
            if (round == 0) continue;
            ours.Add(seconds);
            if (other is { } known) theirs.Add(known);
        }

        var speeds = ours.Select(seconds => count / seconds).ToList();
        return [new(Name, Median(speeds), Unit) { Rounds = speeds, Peer = peer is null ? null : Beside(peer.Name, ours, theirs, count) }];
    }

    private static void Wait()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Pause) Thread.SpinWait(1000);
    }

    private static PeerSpeed Beside(string name, List<double> ours, List<double> theirs, int count)
    {
        var ratios = ours.Zip(theirs, (mine, other) => other / mine).ToList();
        return new(name, Median([.. theirs.Select(seconds => count / seconds)]), Median(ratios), ratios.Min(), ratios.Max());
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
