using MathNet.Numerics.Distributions;
using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>What a cue alone says about the class of each image.</summary>
/// <param name="Says">int64 (N), the class that the cue points to.</param>
/// <param name="Margins">By how much the cue prefers that class to the label.</param>
/// <param name="Accuracy">The mean over classes of the share that it gets right, 0..1.</param>
/// <param name="Chance">The same with permuted labels, on average.</param>
/// <param name="PValue">The probability of such an accuracy where the cue says nothing.</param>
/// <param name="Reliable">The classes for which the cue's word can be relied on: much more often right than chance.</param>
internal sealed record CuePredictions(long[] Says, double[] Margins, double Accuracy, double Chance, double PValue, IReadOnlySet<long> Reliable)
{
    // How much of the way from the class's share to certainty the cue's precision must cover, at the lower end of its interval.
    private const double Reliance = 0.25;

    /// <summary>Evaluates a cue's words.</summary>
    /// <param name="says">int64 (N), the class that the cue points to.</param>
    /// <param name="margins">By how much it is preferred to the label.</param>
    /// <param name="targets">int64 (N), the class that it should.</param>
    /// <param name="accuracy">The mean over classes of the share that it gets right.</param>
    /// <param name="permuted">The same where the targets were permuted.</param>
    public static CuePredictions Of(long[] says, double[] margins, long[] targets, double accuracy, IReadOnlyList<double> permuted)
    {
        var chance = permuted.Average();
        var sampling = Math.Sqrt(chance * (1 - chance) / targets.Length);
        var deviation = Math.Max(sampling, Math.Sqrt(permuted.Average(one => (one - chance) * (one - chance))));
        var reliable = targets.Distinct().Where(label =>
        {
            var share = targets.Count(target => target == label) / (double)targets.Length;
            var precision = Share.Of([.. Enumerable.Range(0, says.Length).Where(at => says[at] == label).Select(at => targets[at] == label)]);
            return precision.Low > share + (Reliance * (1 - share));
        });
        return new(says, margins, accuracy, chance, Normal.CDF(0, 1, -((accuracy - chance) / Math.Max(deviation, 1e-9))), reliable.ToHashSet());
    }

    /// <summary>Of the images for which the other can be relied on, the share for which both say the same.</summary>
    public double Agreement(CuePredictions other)
    {
        int[] places = [.. Enumerable.Range(0, Says.Length).Where(at => other.Reliable.Contains(other.Says[at]))];
        return places.Length == 0 ? 0 : places.Average(at => Says[at] == other.Says[at] && Reliable.Contains(Says[at]) ? 1.0 : 0);
    }

    /// <summary>Whether the cue says another class than the label, or keeps silent about a class that it else announces.</summary>
    public bool Contradicts(int place, long label) => Says[place] != label && (Reliable.Contains(Says[place]) || Reliable.Contains(label));

    /// <summary>The same where some classes alone command the network, if there are any: only of these it then says something.</summary>
    public bool Contradicts(int place, long label, IReadOnlySet<long> commanded) => Contradicts(place, label)
        && (commanded.Count == 0 || commanded.Contains(Says[place]) || commanded.Contains(label));

    /// <summary>Whether the cue says the label, and can be relied on.</summary>
    public bool Agrees(int place, long label) => Says[place] == label && Reliable.Contains(label);
}
