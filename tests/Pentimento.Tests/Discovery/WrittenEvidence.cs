using Pentimento.Cues;
using Pentimento.Discovery;

namespace Pentimento.Tests.Discovery;

/// <summary>Evidence on one cue, written down by hand.</summary>
internal static class WrittenEvidence
{
    /// <summary>Of a thousand swaps, a hundred contradicting and ten times as many agreeing images, unless said otherwise.</summary>
    public static CueEvidence Evidence(
        Cue cue, double followed, double gain, double loss, int classes = 2, int misled = 100, int contradicting = 100, int swaps = 1000)
    {
        var (mended, lost) = (Differences(contradicting, gain), Differences(10 * contradicting, loss));
        var words = new CuePredictions([], [], 0.9, 0.5, 1e-9, new HashSet<long>());
        var following = new CueFollowing(Differences(swaps, followed), [], [])
        {
            Shifts = [.. Enumerable.Range(0, swaps).Select(at => 1 + (at % 2))],
        };
        return new(cue, words, words, following, 0.1)
        {
            Classes = classes,
            BlindAccuracy = new(600, 1000),
            Cost = new(
                new(1000, 1000), new(30, 100), new(60, 100), new(40, 100), PairedDifference.Of(mended), PairedDifference.Of(mended),
                PairedDifference.PValue(mended), PairedDifference.PValue(mended), new(misled, 100), new(50, 100),
                PairedDifference.Over(mended, lost, 1), PairedDifference.Over(mended, lost, CueCost.AgreeingForEach),
                PairedDifference.PValueOver(mended, lost, CueCost.AgreeingForEach, CueCost.LeastNet))
            {
                MendedBeyond = new(0.7, 0.6, 0.8),
            },
        };
    }

    /// <summary>The same where donors are of ten classes in turn, and what follows are donors of one.</summary>
    public static CueEvidence Hanging(CueEvidence evidence, double followed)
    {
        const long Class = 3;
        (long First, long Second)[] donors = [.. Enumerable.Range(0, 1000).Select(at => ((long)(at % 10), (long)((at + 1) % 10)))];
        double Gain(long donor, int at) => donor == Class && at / 10 < 100 * followed ? 1 : 0;
        (double First, double Second)[] gains = [.. donors.Select((pair, at) => (Gain(pair.First, at), Gain(pair.Second, at)))];
        return evidence with { Classes = 10, Followed = evidence.Followed with { Donors = donors, PerDonor = gains } };
    }

    /// <summary>Of so many images, the share that changes, all one way.</summary>
    public static double[] Differences(int count, double mean) =>
        [.. Enumerable.Range(0, count).Select(at => at < Math.Round(count * Math.Abs(mean)) ? Math.Sign(mean) : 0.0)];
}
