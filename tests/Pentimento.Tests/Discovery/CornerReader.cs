using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Discovery;

/// <summary>
/// A network and images on which everything can be worked out: three classes, shown by which of three bars in the middle is bright, and a corner
/// whose
/// red, green or blue says the class of nine images in ten. The network adds up bars and, with a weight of its own, the corner's colours.
/// </summary>
internal static class CornerReader
{
    public const int Classes = 3;
    private const int Side = 12;

    /// <summary>The images: an image in ten has another class's corner.</summary>
    /// <param name="count">How many.</param>
    /// <param name="informative">Whether the corner says the class; else it is drawn at random.</param>
    /// <param name="twice">Whether the opposite corner says the same.</param>
    public static ImageSet Images(int count, bool informative = true, bool twice = false)
    {
        var dice = new SplitMix64(new(3));
        var (pixels, labels) = (new byte[count * Side * Side * 3], new long[count]);
        for (var at = 0; at < count; at++)
        {
            labels[at] = at % Classes;
            var corner = informative ? (at / Classes % 10 == 0 ? (labels[at] + 1) % Classes : labels[at]) : dice.Below(Classes);
            for (var place = 0; place < Side * Side; place++)
            {
                var (row, column) = (place / Side, place % Side);
                var inBar = row is >= 4 and < 8 && column == 4 + (2 * labels[at]);
                for (var channel = 0; channel < 3; channel++)
                {
                    var inCorner = channel == corner && ((row < 3 && column < 3) || (twice && row >= Side - 3 && column >= Side - 3));
                    pixels[(((at * Side * Side) + place) * 3) + channel] = (byte)((inBar || inCorner ? 200 : 20) + dice.Below(20));
                }
            }
        }

        return new("corners", pixels, labels, [], new(Side, Side, 3));
    }

    /// <summary>The network.</summary>
    /// <param name="weight">How much the corner weighs beside the bars.</param>
    /// <param name="opposite">How much the opposite corner does.</param>
    public static Classifier Network(double weight, double opposite = 0) => new(
        new Cnn3(), new(Side, Side, 3), Classes,
        [
            new Layer("features", LayerKind.Other, (x, _) => Features(x, opposite != 0), Maps: false),
            new Layer("logits", LayerKind.Other, (x, _) => Logits(x, weight, opposite), Maps: false),
        ]);

    private static Tensor Features(Tensor images, bool twice)
    {
        var bars = stack([.. Enumerable.Range(0, Classes).Select(at => images.slice(2, 4, 8, 1).select(3, 4 + (2 * at)).mean([1, 2]))], 1);
        var corners = cat([bars, images.slice(2, 0, 3, 1).slice(3, 0, 3, 1).mean([2, 3])], 1);
        return twice ? cat([corners, images.slice(2, Side - 3, Side, 1).slice(3, Side - 3, Side, 1).mean([2, 3])], 1) : corners;
    }

    private static Tensor Logits(Tensor features, double weight, double opposite)
    {
        var sum = features.slice(1, 0, 3, 1) + (weight * features.slice(1, 3, 6, 1));
        return 10 * (opposite == 0 ? sum : sum + (opposite * features.slice(1, 6, 9, 1)));
    }
}
