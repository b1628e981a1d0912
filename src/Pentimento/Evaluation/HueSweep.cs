using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>Mean predicted class probabilities as a function of the hue in which the same images are rendered.</summary>
/// <param name="Hues">In degrees: 0 red, 120 green, 240 blue; all fully saturated and bright.</param>
/// <param name="Probabilities">[hue][class], the mean probability over the images.</param>
/// <param name="Count">The number of images.</param>
public sealed record HueSweep(IReadOnlyList<double> Hues, IReadOnlyList<IReadOnlyList<double>> Probabilities, int Count)
{
    /// <summary>The number of hues.</summary>
    internal const int Steps = 36;

    // Means of probabilities are steady long before a whole test set is evaluated.
    private const int LargestSample = 500;
    private const int SmallestSample = 16;

    // Of a large network as many as take about a minute: its activations are a measure of its work.
    private const long Affordable = 1L << 34;

    /// <summary>Renders the set's images, at most 500 spread over it, of large networks fewer, in 36 hues and evaluates the network on
    /// each.</summary>
    /// <exception cref="BadInputException">The images have no colours, do not fit the network, or there are none.</exception>
    internal static HueSweep Of(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var some = SampleOf(network, set.Count);
        var chosen = set.Pick([.. Enumerable.Range(0, some).Select(at => (int)((long)at * set.Count / some))]);
        double[] hues = [.. Enumerable.Range(0, Steps).Select(step => step * 360.0 / Steps)];
        var means = Recoloring.Logits(network, chosen, [.. hues.Select(Saturated)], "sweep hues of", run).to_type(float64).softmax(2).mean([0]);
        return new(hues, [.. Enumerable.Range(0, Steps).Select(hue => means[hue].data<double>().ToArray())], some);
    }

    /// <summary>How many of so many images are rendered.</summary>
    internal static int SampleOf(Classifier network, int images)
    {
        var affordable = Math.Max(SmallestSample, Affordable / (Steps * BatchSize.Bytes(network)));
        return (int)Math.Min(affordable, Math.Min(LargestSample, images));
    }

    /// <summary>The fully saturated, bright colour of a hue.</summary>
    /// <param name="hue">In degrees, 0 to 360.</param>
    internal static Rgb Saturated(double hue)
    {
        // Each channel is full for a third of the circle around its own hue, and falls to nothing within a sixth on either side.
        byte Channel(double own)
        {
            var away = Math.Abs(((hue - own + 540) % 360) - 180);
            return (byte)Math.Round(255 * Math.Clamp(2 - (away / 60), 0, 1));
        }

        return new($"{hue:0} degrees", Channel(0), Channel(120), Channel(240));
    }
}
