using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting.Presets;

namespace Pentimento.Experiments;

/// <summary>A number that was published, with all that it takes to measure it again on its own protocol.</summary>
internal sealed record PublishedResult
{
    /// <summary>How checks refer to it.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>Where it was published.</summary>
    [Required]
    public string Source { get; init; } = "";

    /// <summary>The benchmark; its training sets are the environments.</summary>
    [Required]
    public Preset Preset { get; init; } = new Arjovsky();

    /// <summary>The benchmark's set on which the accuracy was published.</summary>
    public string Test { get; init; } = "test";

    /// <summary>The published accuracy, a share of 1.</summary>
    [Range(0.0, 1.0)]
    public double Published { get; init; }

    /// <summary>The published deviation over seeds; 0 where none was published.</summary>
    [Range(0.0, 1.0)]
    public double Spread { get; init; }

    /// <summary>Over how many seeds it was published; one where nobody says.</summary>
    [Range(1, 1000)]
    public int PublishedSeeds { get; init; } = 1;

    /// <summary>The training; its data and its seed are the check's.</summary>
    public Trial Trial { get; init; } = new();

    /// <summary>Every published result that comes along, by name.</summary>
    /// <exception cref="BadInputException">One holds what is not known.</exception>
    public static IReadOnlyList<PublishedResult> All =>
        [.. RecipeFile.Known().Select(known => (PublishedResult)Binder.Bind(Yaml.Read(known.Value, known.Key), typeof(PublishedResult), known.Key)!)];

    /// <summary>Those of these names, or whose names begin so; all where none is named.</summary>
    /// <exception cref="BadInputException">No name begins so.</exception>
    internal static IReadOnlyList<PublishedResult> Chosen(IReadOnlyList<string> names)
    {
        var all = All;
        foreach (var name in names)
            Require.That(
                all.Any(known => known.Name.StartsWith(name, StringComparison.Ordinal)),
                $"There is no check '{name}'; {Names.Suggest(name, all.Select(known => known.Name))}");
        return [.. all.Where(known => names.Count == 0 || names.Any(name => known.Name.StartsWith(name, StringComparison.Ordinal)))];
    }

    /// <summary>Measures it once.</summary>
    /// <param name="seed">Decides the painting and the training.</param>
    /// <param name="limit">How many images of each set are used, 0 for all; only all of them is the protocol.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <returns>The accuracy on the test set, a share of 1.</returns>
    public double Measure(ulong seed, int limit, RunContext run)
    {
        var sets = Preset.Paint(Digits.Mnist(Split.Train), Digits.Mnist(Split.Test), new(seed), run).Select(set => set.Take(limit)).ToList();
        var test = sets.FirstOrDefault(set => set.Name == Test);
        Require.That(test is not null, $"{Name}: {Catalog.Write(Preset)} has no set '{Test}'; {Names.Suggest(Test, sets.Select(set => set.Name))}");
        var training = sets.Where(set => set.Split == Split.Train).Select(set => set.Images).ToList();
        var colors = UsedColors(training);
        var learned = new Training.Environments([.. training.Select(set => Keep(set, colors))]);
        using var network = Trial.Training.Train(learned, Training.TrainingLog.Empty, run with { Seed = new(seed) }).Network;
        return Evaluation.SetAccuracy.Of(network, Keep(test.Images, colors), run).Accuracy;
    }

    /// <summary>The channels that any image uses: Colored MNIST has two, and a third one that is always empty would widen the network's
    /// start.</summary>
    internal static int[] UsedColors(IReadOnlyList<ImageSet> sets)
    {
        var used = new bool[sets[0].Shape.Channels];
        foreach (var set in sets)
        {
            for (var at = 0; at < set.Pixels.Length; at++) used[at % used.Length] |= set.Pixels[at] != 0;
        }

        return [.. Enumerable.Range(0, used.Length).Where(channel => used[channel])];
    }

    /// <summary>The same images without the other channels.</summary>
    internal static ImageSet Keep(ImageSet set, int[] channels)
    {
        if (channels.Length == set.Shape.Channels) return set;
        var kept = new byte[set.Pixels.Length / set.Shape.Channels * channels.Length];
        for (var at = 0; at < kept.Length; at++) kept[at] = set.Pixels[(at / channels.Length * set.Shape.Channels) + channels[at % channels.Length]];
        return new(set.Name, kept, set.Labels, set.Colors, set.Shape with { Channels = channels.Length }) { Attributes = set.Attributes };
    }
}
