using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting.Presets;

/// <summary>FB-Biased-MNIST: the colors of digit and background are both correlated with the class, two biases at once.</summary>
/// <remarks>
/// Sarridis, Koutlis, Papadopoulos and Diou, 2024, "BAdd: Bias mitigation through bias addition", arXiv:2408.11439, as in mever-team/vb-mitigator,
/// my_datasets/fb_biased_mnist.py: binarised digits, the background of Biased-MNIST, the foreground from a paler palette shifted by one
/// class. The two colors are drawn independently. The validation set recolors a tenth of the training digits without bias, so that its shapes
/// were seen in training. colors is the background's index, foregrounds the foreground's.
/// </remarks>
/// <param name="Foreground">The share of each class whose digit has the class's color in training.</param>
/// <param name="Background">The share of each class on the class's background color in training.</param>
/// <param name="ConfusingLabels">Number of other colors of a class.</param>
[Called("fb")]
internal sealed record ForegroundBackground(
    [Range(0.0, 1.0)] double Foreground = 0.9,
    [Range(0.0, 1.0)] double Background = 0.9,
    [Range(1, 9)] int ConfusingLabels = 9) : Preset
{
    private const double Unbiased = 0.1;

    private static readonly Rgb[] Foregrounds =
    [
        new("red", 255, 50, 50), new("green", 50, 255, 50), new("blue", 50, 50, 255), new("yellow", 225, 225, 50), new("magenta", 225, 50, 225),
        new("cyan", 50, 255, 255), new("orange", 255, 128, 50), new("rose", 255, 50, 128), new("violet", 128, 50, 255), new("grey", 50, 50, 50),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<PresetSet> Sets(Digits train, Digits test, Seed seed, RunContext run)
    {
        yield return Paint("train", Split.Train, train, train.Count, (Foreground, Background), seed, run);
        yield return Paint("valid", Split.Test, train, train.Count / 10, (Unbiased, Unbiased), seed, run);
        yield return Paint("test", Split.Test, test, test.Count, (Unbiased, Unbiased), seed, run);
    }

    private PresetSet Paint(
        string name,
        Split split,
        Digits digits,
        int count,
        (double Foreground, double Background) shares,
        Seed seed,
        RunContext run)
    {
        var own = seed.For(name);
        var behind = new ConfusedColors(shares.Background, ConfusingLabels).Assign(digits.Labels, own.For("background"));
        var before = new ConfusedColors(shares.Foreground, ConfusingLabels).Assign(digits.Labels, own.For("foreground"));
        var order = PresetPainting.Order(digits.Count, own.For("order"))[..count];
        long[] labels = [.. order.Select(place => digits.Labels[place])];
        long[] backgrounds = [.. order.Select(place => behind[place])];
        long[] foregrounds = [.. order.Select(place => before[place])];
        var images = PresetPainting.Paint($"{Name}/{name}", labels, backgrounds, new(digits.Height, digits.Width, 3), run, (at, image) =>
        {
            var grey = digits.Of(order[at]);
            var (front, back) = (Foregrounds[(foregrounds[at] + 1) % 10], ConfusedColors.Palette[backgrounds[at]]);
            for (var pixel = 0; pixel < grey.Length; pixel++) PresetPainting.Set(image, pixel, grey[pixel] != 0 ? front : back);
        });
        return new(name, split, images.With("foregrounds", foregrounds));
    }
}
