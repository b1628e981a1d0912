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

    /// <summary>Those that further networks, trained to rely on the shortcut alone, all get wrong; one's own errors are images on which it fails and
    /// any other does better, shortcut or not.</summary>
    public static ConflictingImages ByErrors(ImageSet held, IReadOnlyList<Classifier> biased, RunContext run)
    {
        var right = biased.Select(one => Predictions.OfFitted(one, held, run).Correct).ToList();
        int[] places = [.. Enumerable.Range(0, held.Count).Where(at => right.Count > 0 && right.All(one => !one[at]))];
        return new(
            held, places, right.Count == 1
                ? "that a further network, trained to be biased, gets wrong"
                : "that two further networks, trained to be biased, both get wrong");
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
        long[] rows = Array.ConvertAll(Places, at => (long)at);
        return new(
            predictions.Correct, [.. Places.Select(at => predictions.Correct[at])], [],
            [
                SetAccuracy.Of(logits, Images) with { Data = Names[0] },
                .. rows.Length == 0 ? [] : (SetAccuracy[])[SetAccuracy.Of(logits.index_select(0, tensor(rows)), part) with { Data = Names[1] }],
            ])
        {
            WorstClass = predictions.WorstClass,
            OwnClasses = predictions.Classes,
            SwappedClasses = [.. Places.Select(at => predictions.Classes[at])],
        };
    }
}
