using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting.Presets;

/// <summary>LfF's Colored MNIST: digits in the class's color, with Gaussian noise on each channel of an image's color.</summary>
/// <remarks>
/// Nam, Cha, Ahn, Lee and Shin, 2020, "Learning from failure: Training debiased classifier from biased classifier", arXiv:2007.02561, as in
/// alinlab/LfF, make_dataset.py, data/colored_mnist_protocol.py and data/resource/colors.th. Colors are assigned by index: of each class, the
/// digits that come first in the file have color 0, the next color 1, and so on, which ties color to file order. Pixels are truncated to whole
/// numbers, not rounded. The validation set is MNIST's test digits, each color a tenth of a class.
/// </remarks>
/// <param name="Minority">The bias-conflicting share of each class; published: 0.05, 0.02, 0.01, 0.005.</param>
/// <param name="Severity">1 to 5: the standard deviation of each channel is 0.05, 0.02, 0.01, 0.005, 0.002 of white.</param>
[Called("lff")]
internal sealed record LffColoredMnist([Range(0.0, 1.0)] double Minority = 0.01, [Range(1, 5)] int Severity = 4) : Preset
{
    private static readonly float[] Deviations = [0.05f, 0.02f, 0.01f, 0.005f, 0.002f];

    // The mean colors of colors.th, float32 as stored.
    private static readonly float[][] Means =
    [
        [0.98368233f, 0.312519f, 0.16857535f], [0.99052966f, 0.91560525f, 0.3515122f], [0.672964f, 0.46107048f, 0.5798082f],
        [0.78325194f, 0.8315559f, 0.6013294f], [0.088015795f, 0.77796334f, 0.98180777f], [0.32139337f, 0.96105456f, 0.44644988f],
        [0.024615884f, 0.23565048f, 0.7586663f], [0.55524695f, 0.10158014f, 0.76176316f], [0.2077232f, 0.3929485f, 0.018702388f],
        [0.8336576f, 0.20240927f, 0.2669431f],
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<PresetSet> Sets(Digits train, Digits test, Seed seed, RunContext run)
    {
        yield return Paint("train", Split.Train, train, 1 - Minority, seed, run);
        yield return Paint("valid", Split.Test, test, 0.1, seed, run);
    }

    private PresetSet Paint(string name, Split split, Digits digits, double aligned, Seed seed, RunContext run)
    {
        var (colors, normals, own) = (AssignColors(digits.Labels, aligned), new float[NormalNoise.Block], seed.For(name));
        var shape = new ImageShape(digits.Height, digits.Width, 3);
        return new(name, split, PresetPainting.Paint($"{Name}/{name}", [.. digits.Labels], colors, shape, run, (at, image) =>
        {
            NormalNoise.Fill(normals, own.For(at));
            var grey = digits.Of(at);
            for (var channel = 0; channel < 3; channel++)
            {
                var tint = Math.Clamp(Means[colors[at]][channel] + (normals[channel] * Deviations[Severity - 1]), 0f, 1f);
                for (var pixel = 0; pixel < grey.Length; pixel++) image[(3 * pixel) + channel] = (byte)(tint * grey[pixel]);
            }
        }));
    }

    /// <summary>The color of each digit: its rank within its class against the rounded running shares of the ten colors.</summary>
    private static long[] AssignColors(long[] labels, double aligned)
    {
        var colors = new long[labels.Length];
        for (var label = 0; label < 10; label++)
        {
            int[] places = [.. PresetPainting.PlacesOf(label, labels)];
            var (running, color, end) = (0.0, -1, 0.0);
            for (var rank = 0; rank < places.Length; rank++)
            {
                while (rank >= end && color < 9)
                {
                    running += ++color == label ? aligned : (1 - aligned) / 9;
                    // To the nearest, ties to even, as numpy rounds.
                    end = Math.Round(places.Length * running);
                }

                colors[places[rank]] = color;
            }
        }

        return colors;
    }
}
