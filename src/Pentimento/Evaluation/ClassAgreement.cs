using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Evaluation;

/// <summary>Whether the numbers of a set's classes mean what a network's outputs mean.</summary>
internal static class ClassAgreement
{
    /// <summary>Compares images and classes of a set with those of a network before one is judged by the other.</summary>
    /// <exception cref="BadInputException">The images do not fit, a label has no output, or the same number is another class.</exception>
    public static void Check(Classifier network, ImageSet set)
    {
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        Require.That(
            set.Labels.All(label => label < network.Classes),
            $"{set.Name} has label {set.Labels.DefaultIfEmpty().Max()}, but the network knows only {network.Classes} classes.");
        if (set.ClassNames.Count == 0) return;
        var names = ClassNumbering.Listed(set.ClassNames);
        Require.That(
            network.ClassNames.Count == 0 || network.ClassNames.SequenceEqual(set.ClassNames),
            $"{set.Name} numbers its classes {names}, and the network {ClassNumbering.Listed(network.ClassNames)}.");
        Require.That(
            network.ClassNames.Count > 0 || network.Classes == set.ClassNames.Count,
            $"The network tells {network.Classes} classes apart and says no names; {set.Name} has {set.ClassNames.Count}, {names}, so they are "
                + $"not the same.");
    }

    /// <summary>Compares the classes of two sets that are judged by one network: where it has no names for its outputs, one of two sets that name
    /// their classes otherwise is misread.</summary>
    /// <exception cref="BadInputException">The same number is another class.</exception>
    public static void CheckTogether(Classifier network, ImageSet first, ImageSet other) => Require.That(
        network.ClassNames.Count > 0 || first.ClassNames.SequenceEqual(other.ClassNames),
        $"{first.Name} and {other.Name} number their classes otherwise ({ClassNumbering.Listed(first.ClassNames)}; "
            + $"{ClassNumbering.Listed(other.ClassNames)}), and the network says no names; give them with --classes.");

    /// <summary>The same set, its classes numbered as the network's where both have names.</summary>
    /// <exception cref="BadInputException">The network does not have one of the classes.</exception>
    public static ImageSet Fitted(Classifier network, ImageSet set) => ClassNumbering.As(set, network.ClassNames, "the network");
}
