using MathNet.Numerics.Distributions;
using Pentimento.Cues;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>How often predictions become a class predicted for a donor because of its cue: beyond what a donor of another class does to the same
/// image.</summary>
/// <param name="Differences">One an image, -1 to 1: predictions that are the donor's class, less those that are it without its cue.</param>
/// <param name="Donors">The classes of both donors of each image.</param>
/// <param name="PerDonor">The same for each of the two donors.</param>
internal sealed record CueFollowing(double[] Differences, (long First, long Second)[] Donors, (double First, double Second)[] PerDonor)
{
    /// <summary>Gives images the cue of both donors and compares what is predicted.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="cue">The cue.</param>
    /// <param name="plan">Who gets whose cue.</param>
    public static CueFollowing Of(ExaminedNetwork subject, Cue cue, SwapPlan plan)
    {
        long[] Predicted(int[] donors) => subject.SwappedClasses(cue, plan.Places, donors, $"swap {Both.NameOf(cue)}");
        return Of(plan, subject.Predicted, Predicted(plan.First), Predicted(plan.Second));
    }

    /// <summary>Compares predictions.</summary>
    /// <param name="plan">Who got whose cue.</param>
    /// <param name="own">int64 (N), the network's prediction of each image as it is.</param>
    /// <param name="first">The predictions with the first donor's cue.</param>
    /// <param name="second">The predictions with the second donor's.</param>
    public static CueFollowing Of(SwapPlan plan, long[] own, long[] first, long[] second)
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

    /// <summary>
    /// How much more probable the donor's class becomes by its cue than by another's, one an image, in nats: what predictions show only where an
    /// image is about to tip.
    /// </summary>
    public double[] Shifts { get; init; } = [];

    /// <summary>The probability of such shifts where the cue moves nothing: a one-sided test of their mean.</summary>
    public double ShiftPValue
    {
        get
        {
            if (Shifts.Length < 2) return 1;
            var mean = Shifts.Average();
            var error = Math.Sqrt(Shifts.Sum(shift => (shift - mean) * (shift - mean)) / (Shifts.Length - 1) / Shifts.Length);
            return mean > 0 ? Normal.CDF(0, 1, -(mean / Math.Max(error, 1e-12))) : 1;
        }
    }

    /// <summary>Compares logits, float32 (M, K).</summary>
    /// <inheritdoc cref="Of(SwapPlan, long[], long[], long[])"/>
    public static CueFollowing Of(SwapPlan plan, long[] own, Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var (one, other) = (Log(first), Log(second));
        var (classes, following) = (first.shape[1], Of(plan, own, ExaminedNetwork.ClassesOf(first), ExaminedNetwork.ClassesOf(second)));
        return following with
        {
            Shifts =
            [
                .. following.Donors.Select((donors, at) =>
                {
                    double Gain(long label, float[] with, float[] without) => with[(at * classes) + label] - without[(at * classes) + label];
                    var gain = Gain(donors.First, one, other);
                    return donors.Second < 0 ? gain : (gain + Gain(donors.Second, other, one)) / 2;
                }),
            ],
        };

        // Below this a class is out of the question, and how far is noise.
        static float[] Log(Tensor logits) => logits.log_softmax(1).clamp(min: -12).data<float>().ToArray();
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
