using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Operations;

/// <summary>A training that begins with a network's weights: what is built, and how images are fitted to it.</summary>
/// <param name="Architecture">Builds the network with its weights.</param>
/// <param name="Shape">The images that it reads.</param>
/// <param name="Agreement">Numbers the classes of a set as the network does; as they are where the last layer begins anew.</param>
internal sealed record FineTuning(Architecture Architecture, ImageShape Shape, Func<ImageSet, ImageSet> Agreement)
{
    /// <summary>Reads a network to begin with.</summary>
    /// <param name="from">Its file.</param>
    /// <param name="network">The architecture of weights that do not say their own.</param>
    /// <param name="preprocess">What is done to images before it; null for what the file says.</param>
    /// <param name="newHead">Whether the last layer begins anew.</param>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static FineTuning Of(NetworkRef from, Architecture network, Preprocess? preprocess, bool newHead)
    {
        var architecture = new Pretrained { File = from.File, Network = network, NewHead = newHead };
        if (preprocess is not null) architecture = architecture with { Preprocess = preprocess.ToString() };
        using var read = architecture.Read();
        var (shape, classes, names) = (read.Shape, read.Classes, read.ClassNames);
        return new(architecture, shape, set => newHead ? set : Agreeing(from, set, classes, names));
    }

    /// <summary>Sets whose classes are numbered as the network's.</summary>
    /// <exception cref="BadInputException">A set has a class that the network does not have.</exception>
    public IReadOnlyList<ImageSet> Fitted(IEnumerable<ImageSet> sets) => ClassNumbering.Together([.. sets.Select(Agreement)]);

    private static ImageSet Agreeing(NetworkRef from, ImageSet set, int classes, IReadOnlyList<string> names)
    {
        var fitted = ClassNumbering.As(set, names, from.File);
        Require.That(
            names.Count > 0 || fitted.ClassNames.Count == 0 || fitted.ClassNames.Count == classes,
            $"{from.File} answers with {classes} classes, {set.Name} has {fitted.ClassNames.Count}; --new-head gives it a last layer for them.");
        return fitted;
    }
}
