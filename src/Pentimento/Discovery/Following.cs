using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>How often predictions become a class predicted for a donor because of its cue: beyond what a donor of another class does to the same image.</summary>
/// <param name="Differences">One an image, -1 to 1: predictions that are the donor's class, less those that are it without its cue.</param>
/// <param name="Donors">The classes of both donors of each image.</param>
/// <param name="PerDonor">The same for each of the two donors.</param>
internal sealed record Following(double[] Differences, (long First, long Second)[] Donors, (double First, double Second)[] PerDonor)
{
    /// <summary>Compares predictions.</summary>
    /// <param name="plan">Who got whose cue.</param>
    /// <param name="own">int64 (N), the network's prediction of each image as it is.</param>
    /// <param name="first">The predictions with the first donor's cue.</param>
    /// <param name="second">The predictions with the second donor's.</param>
    public static Following Of(SwapPlan plan, long[] own, long[] first, long[] second)
    {
        var count = plan.Places.Length;
        var (differences, donors, per) = (new double[count], new (long, long)[count], new (double, double)[count]);
        for (var at = 0; at < count; at++)
        {
            var (one, other) = (own[plan.First[at]], own[plan.Second[at]]);
            double Gain(long label, long with, long without) => (with == label ? 1 : 0) - (without == label ? 1 : 0);
            var gain = Gain(one, first[at], second[at]);
            var symmetric = other != own[plan.Places[at]];
            var back = symmetric ? Gain(other, second[at], first[at]) : 0;
            (donors[at], per[at]) = ((one, symmetric ? other : -1), (gain, back));
            differences[at] = symmetric ? (gain + back) / 2 : gain;
        }

        return new(differences, donors, per);
    }

    /// <summary>The mean with its interval over images.</summary>
    public ConfidenceInterval Mean => PairedDifference.Of(Differences);

    /// <summary>The same for donors of one class.</summary>
    public ConfidenceInterval Of(long label) => PairedDifference.Of(
    [
        .. Donors.Zip(PerDonor).Where(pair => pair.First.First == label).Select(pair => pair.Second.First),
        .. Donors.Zip(PerDonor).Where(pair => pair.First.Second == label).Select(pair => pair.Second.Second),
    ]);
}
