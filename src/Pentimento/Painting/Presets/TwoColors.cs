using Pentimento.Data;
namespace Pentimento.Painting.Presets;

/// <summary>An environment of the two-class benchmark: small digits (class 1) and large ones (class 0), red and green, with noisy labels.</summary>
/// <param name="Flip">e, the probability that an image is bias-conflicting, its color not that of the noisy label.</param>
/// <param name="LabelNoise">The probability that a label is flipped before the colour is chosen.</param>
/// <param name="Stride">The subsampling stride of rows and columns.</param>
internal sealed record TwoColors(double Flip, double LabelNoise, int Stride)
{
    /// <summary>Paints the digits at these indices.</summary>
    public PresetSet Paint(string preset, string name, Split split, Digits digits, IReadOnlyList<int> places, Seed seed, RunContext run)
    {
        var random = new SplitMix64(seed.For(name));
        var (truths, labels, colors) = (new long[places.Count], new long[places.Count], new long[places.Count]);
        for (var at = 0; at < places.Count; at++)
        {
            truths[at] = digits.Labels[places[at]] < 5 ? 1 : 0;
            labels[at] = truths[at] ^ (random.Uniform() < LabelNoise ? 1 : 0);
            colors[at] = labels[at] ^ (random.Uniform() < Flip ? 1 : 0);
        }

        var shape = new ImageShape((digits.Height + Stride - 1) / Stride, (digits.Width + Stride - 1) / Stride, 3);
        var images = PresetPainting.Paint($"{preset}/{name}", labels, colors, shape, run, (at, image) =>
        {
            var grey = digits.Of(places[at]);
            for (var pixel = 0; pixel < shape.Height * shape.Width; pixel++)
            {
                var (row, column) = (pixel / shape.Width * Stride, pixel % shape.Width * Stride);
                image[(3 * pixel) + (int)colors[at]] = grey[(row * digits.Width) + column];
            }
        });
        return new(name, split, images.With("true_labels", truths));
    }

    /// <summary>Every <paramref name="stride"/>-th value from <paramref name="start"/> on.</summary>
    public static int[] Every(int stride, int start, int[] order) => [.. order.Where((_, at) => at % stride == start)];
}
