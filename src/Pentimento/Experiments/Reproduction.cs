using Pentimento.Evaluation;

namespace Pentimento.Experiments;

/// <summary>The reproduction of a published result: its number beside ours, with a test of the difference.</summary>
/// <param name="Name">Which.</param>
/// <param name="Published">The published accuracy, a share of 1.</param>
/// <param name="PublishedSpread">Its deviation over seeds; 0 where none was published.</param>
/// <param name="PublishedSeeds">Over how many seeds it was published.</param>
/// <param name="Measured">Our mean.</param>
/// <param name="Spread">The standard deviation over our seeds; 0 for one.</param>
/// <param name="Seeds">How many there were.</param>
/// <param name="Difference">Ours less the published one, with its 95% interval; the whole range where no seeds say how they spread.</param>
/// <param name="PValue">How often as large a difference would come about if both were the same.</param>
/// <param name="Detectable">The difference that would have been found in 80% of such comparisons.</param>
/// <param name="Agrees">Whether they cannot be told apart by a test that would have found a difference of five points.</param>
/// <param name="Agreement">The same, with what cannot be told.</param>
/// <param name="Source">Where it was published.</param>
internal sealed record Reproduction(
    string Name, double Published, double PublishedSpread, int PublishedSeeds, double Measured, double Spread, int Seeds,
    ConfidenceInterval Difference, double PValue, double Detectable, bool Agrees, Agreement Agreement, string Source)
{
    /// <summary>The difference that a comparison must be able to find before it says that two numbers agree.</summary>
    internal const double Margin = 0.05;

    /// <summary>Compares measurements with what was published.</summary>
    internal static Reproduction Of(PublishedResult known, IReadOnlyList<double> measured)
    {
        var (mean, spread, seeds) = MeanAndDeviation.Of(measured);
        var test = WelchTest.Of((mean, spread, seeds), (known.Published, known.Spread, known.PublishedSeeds));
        var agreement = test.PValue < WelchTest.Level ? Agreement.Differs
            : test.Detectable <= Margin ? Agreement.Agrees
            : Agreement.Undecided;
        return new(
            known.Name, known.Published, known.Spread, known.PublishedSeeds, mean, spread, seeds,
            test.Difference, test.PValue, test.Detectable, agreement == Agreement.Agrees, agreement, known.Source);
    }
}

/// <summary>Whether two numbers over seeds agree.</summary>
internal enum Agreement
{
    /// <summary>They cannot be told apart, though a difference of five points would have been found.</summary>
    Agrees,

    /// <summary>They differ by more than their seeds explain.</summary>
    Differs,

    /// <summary>They cannot be told apart, and neither would be a difference of five points.</summary>
    Undecided,
}
