using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>Counterfactual recolouring: how often a network's prediction changes when the same image is rendered in every colour. It measures
/// a causal effect that no heatmap can show.</summary>
/// <param name="Count">The number of images.</param>
/// <param name="Recolored">What was recoloured: <c>digit</c>, or <c>ground</c> where the colour lies behind the object.</param>
/// <param name="FlipRate">The mean share of the other colours in which an image gets another prediction than as it was.</param>
/// <param name="Low">The lower end of its 95% Wilson interval, each image counted once: its colours are no independent trials.</param>
/// <param name="High">The upper end.</param>
/// <param name="EverFlipped">The images whose prediction some colour changes.</param>
/// <param name="CorrectFlipped">Of the images predicted correctly as they were, those that some other colour makes wrong.</param>
public sealed record Recoloring(
    int Count, string Recolored, double FlipRate, double Low, double High, Share EverFlipped, Share CorrectFlipped)
{
    private const int Batch = 64;

    /// <summary>The decomposition of the logits' variance; null where they are constant.</summary>
    [JsonInclude]
    internal VarianceShares? Shares { get; init; }

    /// <summary>For each class the colour in which it is predicted most often.</summary>
    public IReadOnlyList<PreferredColor> Winners { get; init; } = [];

    /// <summary>Whether the flips follow the colour, against a control; null in results that are older than the test.</summary>
    public ColorTest? Test { get; init; }

    /// <summary>What the test found; undecided where there was none.</summary>
    [JsonIgnore]
    public Finding Finding => Test?.Finding ?? Finding.Undecided;

    /// <summary>Renders every image in every colour of a palette and evaluates the network on each.</summary>
    /// <exception cref="BadInputException">The images have no colours, do not fit the network, or there are none.</exception>
    internal static Recoloring Of(Classifier network, ImageSet set, Palette palette, RunContext run)
    {
        Check(network, set);
        return Of(network, set, palette, Predictions.Of(network, set, run), run);
    }

    /// <summary>The same where the predictions of the images as they are, are known already.</summary>
    internal static Recoloring Of(Classifier network, ImageSet set, Palette palette, Predictions before, RunContext run)
    {
        Check(network, set);
        return Of(network, set, palette, before, ColorReplacement.HasColoredGround(set.Tensor()), run);
    }

    /// <summary>The same for the colour of one part: the ground, or what lies on it.</summary>
    internal static Recoloring Of(Classifier network, ImageSet set, Palette palette, Predictions before, bool ground, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var (all, tested) = (set.Count, ColorTesting.ImagesOf(set.Count));
        var logits = Logits(network, set, palette.Colors, ground, "recolour", run.Part(0, all, all + tested));
        var others = Others(set, palette);
        var flipped = logits.argmax(2).ne(tensor(before.Classes).unsqueeze(1)).logical_and(others);
        var rate = (flipped.to_type(float64).sum(1) / others.to_type(float64).sum(1)).mean().item<double>();
        var interval = new Share((long)Math.Round(rate * set.Count), set.Count);
        var (ever, correct) = (flipped.any(1), tensor(before.Correct));
        return new(
            set.Count,
            ground ? "ground" : "digit",
            rate,
            Math.Min(interval.Low, rate),
            Math.Max(interval.High, rate),
            new(Sum(ever), set.Count),
            new(Sum(ever.logical_and(correct)), Sum(correct)))
        {
            Shares = VarianceShares.Of(logits, run.Seed),
            Winners = PreferredColor.Of(logits, palette),
            Test = new ColorTesting(network, palette, ground, run.Part(all, tested, all + tested)).Of(set, logits, before),
        };
    }

    /// <summary>The logits of every image in every colour, float32 (N, C, K) on the CPU.</summary>
    /// <param name="network">The network.</param>
    /// <param name="set">The images.</param>
    /// <param name="colors">The C colours.</param>
    /// <param name="stage">The name of the stage in progress reports.</param>
    /// <param name="run">Device, progress and cancellation.</param>
    /// <exception cref="BadInputException">The images have no colours, do not fit the network, or there are none.</exception>
    internal static Tensor Logits(Classifier network, ImageSet set, IReadOnlyList<Rgb> colors, string stage, RunContext run)
    {
        Check(network, set);
        return Logits(network, set, colors, ColorReplacement.HasColoredGround(set.Tensor()), stage, run);
    }

    /// <inheritdoc cref="Logits(Classifier, ImageSet, IReadOnlyList{Rgb}, string, RunContext)"/>
    internal static Tensor Logits(Classifier network, ImageSet set, IReadOnlyList<Rgb> colors, bool ground, string stage, RunContext run)
    {
        Check(network, set);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var (images, parts) = (set.Tensor(), new List<Tensor>());
        var size = Math.Max(1, BatchSize.Of(network, Batch * colors.Count, run) / colors.Count);
        for (var start = 0; start < set.Count; start += size)
        {
            using var inner = NewDisposeScope();
            var end = Math.Min(start + size, set.Count);
            var recolored = ColorReplacement.Recolored(images.slice(0, start, end, 1).to(run.Device.ToTorch()), colors, ground);
            parts.Add(network.call(recolored.flatten(0, 1)).view(end - start, colors.Count, -1).cpu().MoveToOuterDisposeScope());
            run.Report(new($"{stage} {set.Name}", end, set.Count));
        }

        return FiniteLogits.Of(cat(parts), set.Name).MoveToOuterDisposeScope();
    }

    internal static void Check(Classifier network, ImageSet set)
    {
        Require.That(set.Count > 0, $"{set.Name} holds no images.");
        Require.That(set.Shape.Channels == 3, $"{set.Name} has {set.Shape} images; only RGB ones can be recoloured.");
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
    }

    private static long Sum(Tensor truths) => truths.sum().item<long>();

    /// <summary>Mask of the colours other than the image's own, bool (N or 1, C); all where its own is unknown.</summary>
    private static Tensor Others(ImageSet set, Palette palette)
    {
        var own = set.Colors.Length > 0 ? set.Colors : palette.IndicesOf(set);
        return own is null
            ? ones(1, palette.Colors.Count, @bool)
            : tensor(own).unsqueeze(1).ne(arange(palette.Colors.Count).unsqueeze(0));
    }
}

/// <summary>The colour in which a class is predicted most often.</summary>
/// <param name="Digit">The class.</param>
/// <param name="Color">The colour's name.</param>
/// <param name="Share">The share of all images, whatever they show, for which it is predicted in this colour.</param>
public sealed record PreferredColor(int Digit, string Color, double Share)
{
    /// <summary>One for each class.</summary>
    /// <param name="logits">float32 (N, C, K), images by colours by classes.</param>
    /// <param name="palette">The colours.</param>
    internal static IReadOnlyList<PreferredColor> Of(Tensor logits, Palette palette)
    {
        using var scope = NewDisposeScope();
        var (shares, winners) = nn.functional.one_hot(logits.argmax(2), logits.shape[2]).to_type(float64).mean([0]).max(0);
        return [.. Enumerable.Range(0, (int)logits.shape[2]).Select(digit =>
            new PreferredColor(digit, palette.Colors[(int)winners[digit].item<long>()].Name, shares[digit].item<double>()))];
    }
}
