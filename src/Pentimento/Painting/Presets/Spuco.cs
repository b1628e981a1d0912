using System.ComponentModel.DataAnnotations;
using Pentimento.Data;

namespace Pentimento.Painting.Presets;

/// <summary>SpuCoMNIST: five classes of two digits, with a background patch whose color is correlated with the class, from the whole background
/// down to four pixels.</summary>
/// <remarks>
/// Joshi, Yang, Xue, Yang and Mirzasoleiman, 2023, "Towards mitigating spurious correlations in the wild: A benchmark and a more realistic dataset",
/// arXiv:2306.11957, as in BigML-CS-UCLA/SpuCo, src/spuco/datasets/spuco_mnist.py, with the classes and the correlation of its quickstart. The five
/// colors are matplotlib's hsv at 0, .2, .4, .6, .8, here rounded to bytes. Validation is the authors' list of 11,996 training digits, a
/// fifth of each; of other than 60,000 digits the same shares are drawn by the seed. Validation and test give each class every color equally
/// often. Noise is in the training set alone.
/// </remarks>
/// <param name="Correlation">The bias-aligned share of each class in training, rounded down to whole digits.</param>
/// <param name="Difficulty">The pixels of the patch, behind the digit only.</param>
/// <param name="LabelNoise">The share of training images with another class's label.</param>
/// <param name="FeatureNoise">The share of training images whose digit loses each pixel with probability 0.5987 (a standard normal at most
/// 0.25).</param>
internal sealed record Spuco(
    [Range(0.0, 1.0)] double Correlation = 0.995,
    SpucoDifficulty Difficulty = SpucoDifficulty.MagnitudeLarge,
    [Range(0.0, 1.0)] double LabelNoise = 0,
    [Range(0.0, 1.0)] double FeatureNoise = 0) : Preset
{
    private const int Classes = 5;
    private const int Side = 28;

    // The probability that a standard normal exceeds 0.25.
    private const double Kept = 0.401293674317076;

    private static readonly Rgb[] Colors =
    [
        new("red", 255, 0, 0),
        new("lime", 209, 255, 0),
        new("green", 0, 255, 92),
        new("blue", 0, 116, 255),
        new("purple", 185, 0, 255),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<PresetSet> Sets(Digits train, Digits test, Seed seed, RunContext run)
    {
        Require.That(
            (train.Height, train.Width) == (Side, Side),
            $"{Name} has patches for 28x28 digits; {train.Source} is {train.Height}x{train.Width}.");
        return Painted(train, test, seed, run);
    }

    private IEnumerable<PresetSet> Painted(Digits train, Digits test, Seed seed, RunContext run)
    {
        var validation = SpucoValidation.Places(train, seed);
        int[] training = [.. Enumerable.Range(0, train.Count).Except(validation)];

        yield return TrainingSet(train, training, seed.For("train"), run);
        yield return Balanced("val", train, validation, seed.For("val"), run);
        yield return Balanced("test", test, [.. Enumerable.Range(0, test.Count)], seed.For("test"), run);
    }

    private PresetSet TrainingSet(Digits digits, int[] places, Seed seed, RunContext run)
    {
        var truths = ClassesOf(digits, places);
        var colors = AssignColors(truths, seed, (label, count) =>
        {
            var own = PresetPainting.Order(count, seed.For("own").For(label))[..(int)(Correlation * count)].ToHashSet();
            long[] others = [.. Enumerable.Range(0, Classes).Where(other => other != label)];
            return Enumerable.Range(0, count).Select(rank => own.Contains(rank) ? label : others[rank % others.Length]);
        });
        var noisy = PresetPainting.Order(places.Length, seed.For("torn"))[..(int)(FeatureNoise * places.Length)].ToHashSet();
        var set = Paint("train", Split.Train, digits, places, Relabelled(truths, seed), colors, noisy, seed, run);
        return LabelNoise > 0 ? set with { Images = set.Images.With("true_labels", truths) } : set;
    }

    private PresetSet Balanced(string name, Digits digits, int[] places, Seed seed, RunContext run)
    {
        var labels = ClassesOf(digits, places);
        var colors = AssignColors(labels, seed, (_, count) => Enumerable.Range(0, count).Select(rank => (long)rank % Classes));
        return Paint(name, Split.Test, digits, places, labels, colors, [], seed, run);
    }

    private static long[] ClassesOf(Digits digits, int[] places) => [.. places.Select(place => digits.Labels[place] / 2)];

    /// <summary>Assigns each class's colors to its images in random order.</summary>
    private static long[] AssignColors(long[] labels, Seed seed, Func<long, int, IEnumerable<long>> colorsOf)
    {
        var colors = new long[labels.Length];
        for (long label = 0; label < Classes; label++)
        {
            int[] places = [.. PresetPainting.PlacesOf(label, labels)];
            var assigned = PresetPainting.Shuffled(colorsOf(label, places.Length), seed.For("colors").For(label));
            for (var rank = 0; rank < places.Length; rank++) colors[places[rank]] = assigned[rank];
        }

        return colors;
    }

    private long[] Relabelled(long[] truths, Seed seed)
    {
        var random = new SplitMix64(seed.For("labels"));
        long[] labels = [.. truths];
        foreach (var place in PresetPainting.Order(labels.Length, seed.For("mislabelled"))[..(int)(LabelNoise * labels.Length)])
            labels[place] = (labels[place] + 1 + random.Below(Classes - 1)) % Classes;
        return labels;
    }

    private PresetSet Paint(
        string name,
        Split split,
        Digits digits,
        int[] places,
        long[] labels,
        long[] colors,
        HashSet<int> noisy,
        Seed seed,
        RunContext run)
    {
        var patch = new bool[Side * Side];
        Difficulty.Mark(patch, default);
        return new(name, split, PresetPainting.Paint($"{Name}/{name}", labels, colors, new(Side, Side, 3), run, (at, image) =>
        {
            var grey = digits.Of(places[at]);
            var own = seed.For("image").For(at);
            var random = new SplitMix64(own.For("torn"));
            if (Difficulty.Varies()) Difficulty.Mark(patch, own.For("patch"));
            for (var pixel = 0; pixel < grey.Length; pixel++)
            {
                var light = noisy.Contains(at) && random.Uniform() >= Kept ? (byte)0 : grey[pixel];
                if (light > 0) PresetPainting.Set(image, pixel, new("", light, light, light));
                else if (patch[pixel]) PresetPainting.Set(image, pixel, Colors[colors[at]]);
            }
        }));
    }
}
