using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The success rates of several attacks on several networks, on one set.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Common">The number of them that every network predicts correctly.</param>
/// <param name="Rows">Each network under each attack with each task.</param>
internal sealed record Comparison(string Data, int Count, int Common, IReadOnlyList<ComparisonRow> Rows)
{
    /// <summary>Runs every attack with every task on every network.</summary>
    /// <param name="victims">The networks, by name.</param>
    /// <param name="set">The images.</param>
    /// <param name="attacks">The attacks.</param>
    /// <param name="tasks">Which images are attacked, and with which criterion.</param>
    /// <param name="keep">Called with the adversarial images of each network, for pictures.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <exception cref="BadInputException">The images do not fit a network, or it does not know a class.</exception>
    public static Comparison Of(
        IReadOnlyList<(string Name, Classifier Network)> victims,
        ImageSet set,
        IReadOnlyList<Attack> attacks,
        IReadOnlyList<AttackTask> tasks,
        Action<AttackedImages>? keep,
        RunContext run)
    {
        var correct = victims.Select(victim => Predictions.Of(victim.Network, set, run).Correct).ToList();
        var common = Enumerable.Range(0, set.Count).Where(at => correct.All(network => network[at])).ToHashSet();
        var rows = new List<ComparisonRow>();
        foreach (var task in tasks)
        {
            var places = task.Places(set);
            var chosen = set.Pick(places);
            foreach (var attack in attacks)
            {
                foreach (var (name, network) in victims)
                {
                    using var scope = NewDisposeScope();
                    var attacked = attack.AttackSet(network, chosen, task.Criterion, run.For($"attack {name}"));
                    var outcome = AttackOutcome.Of(network, chosen, attacked.Images, task.Criterion, run);
                    var result = AttackResult.Of(attack, chosen, attacked.Images, task.Source, task.Criterion, outcome) with
                    {
                        Warnings = attacked.Warnings,
                    };
                    rows.Add(ComparisonRow.Of(name, result, outcome, [.. places.Select(common.Contains)]));
                    keep?.Invoke(new(name, network, attack, task, chosen, attacked.Images, outcome));
                }
            }
        }

        return new(set.Name, set.Count, common.Count, rows);
    }
}

/// <summary>The result of one attack on one network.</summary>
/// <param name="Network">Its name.</param>
/// <param name="Result">Over the images that this network predicts correctly.</param>
/// <param name="CommonCount">The number of images that every network predicts correctly and that count.</param>
/// <param name="CommonRate">The share of those that were fooled: the one that compares networks.</param>
/// <param name="CommonLow">The lower end of its 95% Wilson interval.</param>
/// <param name="CommonHigh">The upper end.</param>
internal sealed record ComparisonRow(string Network, AttackResult Result, long CommonCount, double CommonRate, double CommonLow, double CommonHigh)
{
    internal static ComparisonRow Of(string network, AttackResult result, AttackOutcome outcome, bool[] common)
    {
        var counts = Enumerable.Range(0, common.Length).Where(at => common[at] && outcome.Counts[at]).ToList();
        var share = new Share(counts.Count(at => outcome.Fooled[at]), counts.Count);
        return new(network, result, share.Count, share.Value, share.Low, share.High);
    }
}

/// <summary>Which images are attacked, and with which success criterion.</summary>
/// <param name="Source">The class whose images are attacked, or null for all.</param>
/// <param name="Criterion">What counts as a success.</param>
internal sealed record AttackTask(int? Source, Criterion Criterion) : IParsable<AttackTask>
{
    /// <summary>Reads a criterion, or a source and a criterion: <c>any</c>, <c>next</c>, <c>7:3</c>.</summary>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static AttackTask Parse(string s, IFormatProvider? provider = null)
    {
        var parts = s.Split(':');
        if (parts.Length == 1) return new(null, Criterion.Parse(s));
        Require.That(
            TryParse(s, provider, out var result), $"--target {s}: expected a criterion, or a class, a colon and a criterion, such as 7:3.");
        return result;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out AttackTask result)
    {
        var parts = (s ?? "").Split(':');
        result = null;
        if (!Criterion.TryParse(parts[^1], provider, out var criterion)) return false;
        if (parts.Length == 1) result = new(null, criterion);
        else if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var source))
            result = new(source, criterion);
        return result is not null;
    }

    /// <summary>The indices of its images in a set.</summary>
    /// <exception cref="BadInputException">There are none.</exception>
    internal int[] Places(ImageSet set)
    {
        int[] places = [.. Enumerable.Range(0, set.Count).Where(at => Source is null || set.Labels[at] == Source)];
        Require.That(places.Length > 0, $"{set.Name} holds no image of class {Source}.");
        return places;
    }

    /// <summary>As users write it.</summary>
    public override string ToString() => Source is { } source ? $"{source}:{Criterion}" : $"{Criterion}";
}

/// <summary>The adversarial images of one network under one attack, while they are in memory.</summary>
/// <param name="name">The network's name.</param>
/// <param name="victim">The network.</param>
/// <param name="attack">The attack.</param>
/// <param name="task">The images and the criterion.</param>
/// <param name="set">The images before.</param>
/// <param name="images">float32 (N, C, H, W), the images after.</param>
/// <param name="outcome">The outcome of each image.</param>
internal readonly struct AttackedImages(
    string name, Classifier victim, Attack attack, AttackTask task, ImageSet set, Tensor images, AttackOutcome outcome)
{
    /// <summary>The network's name.</summary>
    public string Name { get; } = name;

    /// <summary>The network.</summary>
    public Classifier Victim { get; } = victim;

    /// <summary>The attack.</summary>
    public Attack Attack { get; } = attack;

    /// <summary>The images and the criterion.</summary>
    public AttackTask Task { get; } = task;

    /// <summary>The images before.</summary>
    public ImageSet Set { get; } = set;

    /// <summary>float32 (N, C, H, W), the images after; they are gone after the call.</summary>
    public Tensor Images { get; } = images;

    /// <summary>The outcome of each image.</summary>
    public AttackOutcome Outcome { get; } = outcome;
}
