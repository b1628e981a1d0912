using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>The training environments: sets of images between which the correlation of bias attribute and label differs.</summary>
/// <param name="Sets">One set for each environment.</param>
internal sealed record Environments(IReadOnlyList<ImageSet> Sets)
{
    /// <summary>Sampling weights of each set's images, relative to the set's others, one array a set; none for uniform sampling.</summary>
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
        Require.That(groups.Count > 1, $"{set.Name}: the attribute '{attribute}' has one value only, so it separates no environments.");
        return new([.. groups.Select(group => set.Pick([.. group]))]);
    }

    /// <summary>One environment for each array of an npz: int32 or int64 (n), the indices of its images from 0 on.</summary>
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
    /// Splits every class of every environment at random into training and held-out images: at the same indices in sets of the same labels,
    /// which are often the same
    /// digits in other colors, so that nothing held out of one is learned from another.
    /// </summary>
    /// <param name="share">The held-out share, 0 to less than 1.</param>
    /// <param name="seed">The seed of the split.</param>
    /// <returns>The training images, and the held-out images of each environment; none where the share is 0.</returns>
    /// <exception cref="BadInputException">The share is not of this range, or leaves an environment without images on either side.</exception>
    public (Environments Training, IReadOnlyList<ImageSet> HeldOut) HoldOut(double share, Seed seed)
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
                return (Training: set.Pick([.. Enumerable.Range(0, set.Count).Except(drawn)]), HeldOut: set.Pick(drawn));
            })
            .ToList();
        return (new([.. parts.Select(part => part.Training)]), [.. parts.Select(part => part.HeldOut)]);
    }

    /// <summary>All images pooled into one environment, for methods without environment labels.</summary>
    public ImageSet Pooled()
    {
        if (Sets.Count == 1) return Sets[0];
        var shape = Shape;
        var attributes = Sets.Select(set => set.Attributes.Keys.AsEnumerable()).Aggregate((one, other) => one.Intersect(other));
        return new(
            string.Join('+', Sets.Select(set => set.Name)),
            PixelSource.Together([.. Sets.Select(set => set.Source)], shape.Size),
            [.. Sets.SelectMany(set => set.Labels)],
            [.. Sets.Any(set => set.Colors.Length == 0) ? [] : Sets.SelectMany(set => set.Colors)], shape)
        {
            Attributes = attributes.ToDictionary(name => name, name => Sets.SelectMany(set => set.Attributes[name]).ToArray()),
            ClassNames = ClassNames,
            ValueNames = Sets[0].ValueNames,
        };
    }

    /// <summary>Number of images in all environments.</summary>
    public int Count => Sets.Sum(set => set.Count);

    /// <summary>Number of classes: that of their names, or one more than the largest label.</summary>
    public int Classes => ClassNames.Count > 0 ? ClassNames.Count : (int)Sets.Max(set => set.Labels.Max()) + 1;

    /// <summary>Names of the classes; empty where they are numbers.</summary>
    /// <exception cref="BadInputException">The sets name them differently.</exception>
    public IReadOnlyList<string> ClassNames
    {
        get
        {
            var other = Sets.FirstOrDefault(set => !set.ClassNames.SequenceEqual(Sets[0].ClassNames));
            Require.That(
                other is null,
                $"{Sets[0].Name} and {other?.Name} number their classes differently: {ClassNumbering.Listed(Sets[0].ClassNames)}; "
                    + $"{ClassNumbering.Listed(other?.ClassNames ?? [])}.");
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
        // A network that began with a file's weights may have names of its own, where these images have none.
        if (ClassNames.Count > 0) network.ClassNames = ClassNames;
        return network;
    }

    /// <summary>The shape of the images.</summary>
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
