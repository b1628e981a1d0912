using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Images with an object on a ground.</summary>
internal static class Figures
{
    public const int Side = 28;

    /// <summary>Rectangles of random place, size and colour on random grounds, with a little noise, float32 (N, 3, 28, 28).</summary>
    public static Tensor Random(int count, ulong seed) => stack([.. Enumerable.Range(0, count).Select(at =>
    {
        var dice = new SplitMix64(new Seed(seed).For(at));
        var (top, left) = (4 + dice.Below(8), 4 + dice.Below(8));
        var figure = Box(
            top, left, 5 + dice.Below(8), 5 + dice.Below(8),
            [(float)dice.Uniform(0.5, 1), (float)dice.Uniform(0.5, 1), (float)dice.Uniform(0.5, 1)],
            [(float)dice.Uniform(0, 0.3), (float)dice.Uniform(0, 0.3), (float)dice.Uniform(0, 0.3)]);
        using var generator = new Seed(seed).For("noise").For(at).On(CPU);
        return (figure + (0.05 * rand(figure.shape, float32, generator: generator))).clamp(0, 1);
    })]);

    /// <summary>A rectangle of one colour on a ground of another, float32 (3, 28, 28).</summary>
    public static Tensor Box(int top, int left, int height, int width, float[] color, float[] ground)
    {
        var image = tensor(ground).view(3, 1, 1).expand(3, Side, Side).clone();
        image.slice(1, top, top + height, 1).slice(2, left, left + width, 1).copy_(tensor(color).view(3, 1, 1).expand(3, height, width));
        return image;
    }
}
