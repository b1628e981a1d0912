using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Experiments;

/// <summary>Images as they are, and those of them that contradict what may mislead: which these are, none of the compared networks decides.</summary>
/// <param name="Images">The images.</param>
/// <param name="Places">The contradicting ones.</param>
/// <param name="Meaning">Which they are, in words that follow a number.</param>
internal sealed record ConflictingImages(ImageSet Images, int[] Places, string Meaning) : HeldOutComparison(Images)
{
    /// <summary>What an image's attribute is called where a table left it empty.</summary>
    private static readonly string[] Unknown = ["", "unknown", "nan", "na", "n/a", "?"];

    /// <inheritdoc/>
    public override int[] Places { get; } = Places;

    /// <inheritdoc/>
    public override string Meaning { get; } = Meaning;

    /// <summary>Those whose attribute is not the usual one of their class, as learned images have it.</summary>
    /// <exception cref="BadInputException">The attribute is missing, or no held-out image has another value than its class's usual one.</exception>
    public static ConflictingImages ByAttribute(ImageSet learned, ImageSet held, string attribute)
    {
        var (values, known) = (learned.AttributeOf(attribute), Known(learned, attribute));
        var usual = known.GroupBy(at => learned.Labels[at])
            .ToDictionary(group => group.Key, group => group.CountBy(at => values[at]).MaxBy(value => value.Value).Key);
        var theirs = held.AttributeOf(attribute);
        int[] places = [.. Known(held, attribute).Where(at => usual.TryGetValue(held.Labels[at], out var value) && theirs[at] != value)];
        Require.That(
            places.Length > 0,
            $"No held-out image of {held.Name} has another {attribute} than most of its class; a larger --hold-out or more images would have such "
                + $"images.");
        return new(held, places, $"with another {attribute} than most of their class");
    }

    /// <summary>Those of one environment.</summary>
    public static ConflictingImages ByEnvironment(ImageSet held, long[] environments, int environment, string name) =>
        new(held, [.. Enumerable.Range(0, held.Count).Where(at => environments[at] == environment)], $"of {name}");

    /// <summary>Those that a network gets wrong that was trained to rely on the shortcut alone.</summary>
    /// <exception cref="BadInputException">It gets none wrong.</exception>
    public static ConflictingImages ByErrors(ImageSet held, Classifier biased, RunContext run)
    {
        var right = Predictions.Of(biased, held, run).Correct;
        int[] places = [.. Enumerable.Range(0, held.Count).Where(at => !right[at])];
        Require.That(places.Length > 0, $"A network trained to be biased gets no held-out image of {held.Name} wrong, so none tells methods apart.");
        return new(held, places, "that a further network, trained to be biased, gets wrong");
    }

    /// <summary>The images whose attribute is known: a table may leave it empty.</summary>
    public static int[] Known(ImageSet set, string attribute)
    {
        var values = set.AttributeOf(attribute);
        return
        [
            .. Enumerable.Range(0, set.Count).Where(at =>
                values[at] >= 0 && !Unknown.Contains(set.ValueName(attribute, values[at]), StringComparer.OrdinalIgnoreCase)),
        ];
    }

    /// <inheritdoc/>
    public override HeldOutOutcome Of(Classifier network, RunContext run)
    {
        using var scope = NewDisposeScope();
        var logits = Predictor.Logits(network, Images, run);
        var predictions = Predictions.Of(logits, Images);
        var part = Images.Pick(Places);
        return new(
            predictions.Correct, [.. Places.Select(at => predictions.Correct[at])], [],
            [
                SetAccuracy.Of(logits, Images) with { Data = Names[0] },
                SetAccuracy.Of(logits.index_select(0, tensor(Array.ConvertAll(Places, at => (long)at))), part) with { Data = Names[1] },
            ])
        {
            OwnClasses = predictions.Classes,
            SwappedClasses = [.. Places.Select(at => predictions.Classes[at])],
        };
    }
}
