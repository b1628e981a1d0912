using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>The environments of a training: sets of images that differ in how the nuisance goes with the label.</summary>
/// <param name="Sets">One set an environment.</param>
public sealed record Environments(IReadOnlyList<ImageSet> Sets)
{
    /// <summary>How often each image of a set is shown in relation to the set's others, one array a set; none where all are shown alike.</summary>
    public IReadOnlyList<double[]> Weights { get; init; } = [];

    /// <summary>One environment for each value of an attribute, in the values' order.</summary>
    /// <exception cref="BadInputException">The set does not have the attribute, or it has the same value everywhere.</exception>
    public static Environments ByAttribute(ImageSet set, string attribute)
    {
        var groups = set.AttributeOf(attribute)
            .Select((value, at) => (value, at))
            .GroupBy(pair => pair.value, pair => pair.at)
            .OrderBy(group => group.Key)
            .ToList();
        Require.That(groups.Count > 1, $"{set.Name}: the attribute '{attribute}' has one value only, so it tells no environments apart.");
        return new([.. groups.Select(group => set.Pick([.. group]))]);
    }

    /// <summary>One environment for each array of an npz: int32 or int64 (n), the places of its images from 0 on.</summary>
    /// <exception cref="BadInputException">There are fewer than two arrays, or a place is outside the set.</exception>
    public static Environments ByFile(ImageSet set, string file)
    {
        var arrays = Npz.Read(file);
        Require.That(arrays.Count > 1, $"{file} holds {arrays.Count} array; expected one an environment.");
        return new([
            .. arrays
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair =>
                {
                    var places = pair.Value.AsLabels($"{file}, {pair.Key}");
                    var outside = places.FirstOrDefault(place => place < 0 || place >= set.Count, -1);
                    Require.That(
                        places.All(place => place >= 0 && place < set.Count),
                        $"{file}, {pair.Key}: place {outside} is outside the {set.Count:N0} images of {set.Name}.");
                    return set.Pick(Array.ConvertAll(places, place => (int)place));
                }),
        ]);
    }

    /// <summary>
    /// Sets a share of every class of every environment apart, drawn at random: the same places in sets of the same labels, which are often the
    /// same digits in other colours, so that nothing held out of one is learned from another.
    /// </summary>
    /// <param name="share">0 to less than 1.</param>
    /// <param name="seed">Decides the places.</param>
    /// <returns>The images to learn from, and those held out, which keep their environments; none where the share is 0.</returns>
    /// <exception cref="BadInputException">The share is not of this range, or leaves an environment without images on either side.</exception>
    public (Environments Learned, IReadOnlyList<ImageSet> Held) HoldOut(double share, Seed seed)
    {
        Require.That(share is >= 0 and < 1, $"The share held out is {share}; expected at least 0 and less than 1.");
        if (share == 0) return (this, []);
        var parts = Sets.Select(set =>
            {
                var held = (int)Math.Round(share * set.Count);
                Require.That(
                    held > 0 && held < set.Count,
                    $"A share of {share} of the {set.Count} images of {set.Name} leaves nothing to {(held == 0 ? "hold out" : "learn from")}.");
                var drawn = StratifiedDraw.Of(set.Labels, held, seed);
                return (Learned: set.Pick([.. Enumerable.Range(0, set.Count).Except(drawn)]), Held: set.Pick(drawn));
            })
            .ToList();
        return (new([.. parts.Select(part => part.Learned)]), [.. parts.Select(part => part.Held)]);
    }

    /// <summary>All images as one environment, for methods that do not ask where an image comes from.</summary>
    public ImageSet Pooled()
    {
        if (Sets.Count == 1) return Sets[0];
        var shape = Shape;
        var attributes = Sets.Select(set => set.Attributes.Keys.AsEnumerable()).Aggregate((one, other) => one.Intersect(other));
        return new(
            string.Join('+', Sets.Select(set => set.Name)), [.. Sets.SelectMany(set => set.PixelArray)], [.. Sets.SelectMany(set => set.Labels)],
            [.. Sets.Any(set => set.Colors.Length == 0) ? [] : Sets.SelectMany(set => set.Colors)], shape)
        {
            Attributes = attributes.ToDictionary(name => name, name => Sets.SelectMany(set => set.Attributes[name]).ToArray()),
            ClassNames = ClassNames,
        };
    }

    /// <summary>How many images there are in all.</summary>
    public int Count => Sets.Sum(set => set.Count);

    /// <summary>How many classes there are: those that have names, or one more than the largest label.</summary>
    public int Classes => ClassNames.Count > 0 ? ClassNames.Count : (int)Sets.Max(set => set.Labels.Max()) + 1;

    /// <summary>What the classes are called; empty where they are numbers.</summary>
    /// <exception cref="BadInputException">The sets name them differently.</exception>
    public IReadOnlyList<string> ClassNames
    {
        get
        {
            var other = Sets.FirstOrDefault(set => !set.ClassNames.SequenceEqual(Sets[0].ClassNames));
            Require.That(
                other is null,
                $"{Sets[0].Name} and {other?.Name} number their classes differently: {ClassNumbering.Listed(Sets[0].ClassNames)}; {ClassNumbering.Listed(other?.ClassNames ?? [])}.");
            return Sets[0].ClassNames;
        }
    }

    /// <summary>Builds a network for these images and classes on the run's device; the caller disposes it.</summary>
    /// <param name="architecture">What is built.</param>
    /// <param name="purpose">Names the stream of its first weights.</param>
    /// <param name="run">The device and the seed.</param>
    internal Classifier Build(Architecture architecture, string purpose, RunContext run)
    {
        var network = architecture.Build(Shape, Classes, run.Seed.For(purpose)).On(run.Device);
        network.ClassNames = ClassNames;
        return network;
    }

    /// <summary>The size of the images.</summary>
    /// <exception cref="BadInputException">The sets differ in it, or one holds no images.</exception>
    public ImageShape Shape
    {
        get
        {
            var empty = Sets.FirstOrDefault(set => set.Count == 0);
            Require.That(empty is null, $"The environment {empty?.Name} holds no images.");
            var other = Sets.FirstOrDefault(set => set.Shape != Sets[0].Shape);
            Require.That(other is null, $"{Sets[0].Name} holds images of {Sets[0].Shape}, {other?.Name} of {other?.Shape}.");
            return Sets[0].Shape;
        }
    }
}
