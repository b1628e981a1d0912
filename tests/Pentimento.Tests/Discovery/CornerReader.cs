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
    private static readonly (int Row, int Column)[] Corners = [(0, 0), (Side - 3, Side - 3), (0, Side - 3), (Side - 3, 0)];

    /// <summary>The images: an image in ten has another class's corner.</summary>
    /// <param name="count">How many.</param>
    /// <param name="informative">Whether the corner says the class; else it is drawn at random.</param>
    /// <param name="corners">How many corners say the same: the second is the opposite one, the others do in every third image of a class.</param>
    public static ImageSet Images(int count, bool informative = true, int corners = 1)
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
                    var inCorner = channel == corner && Corners[..(at / Classes % 3 == 0 ? corners : Math.Min(corners, 2))].Any(place =>
                        row >= place.Row && row < place.Row + 3 && column >= place.Column && column < place.Column + 3);
                    pixels[(((at * Side * Side) + place) * 3) + channel] = (byte)((inBar || inCorner ? 200 : 20) + dice.Below(20));
                }
            }
        }

        return new("corners", pixels, labels, [], new(Side, Side, 3));
    }

    /// <summary>The network.</summary>
    /// <param name="weights">How much each corner weighs beside the bars.</param>
    public static Classifier Network(params double[] weights) => new(
        new Cnn3(), new(Side, Side, 3), Classes,
        [
            new Layer("features", LayerKind.Other, (x, _) => Features(x, weights.Length), Maps: false),
            new Layer("logits", LayerKind.Other, (x, _) => Logits(x, weights), Maps: false),
        ]);

    private static Tensor Features(Tensor images, int corners) => cat(
    [
        stack([.. Enumerable.Range(0, Classes).Select(at => images.slice(2, 4, 8, 1).select(3, 4 + (2 * at)).mean([1, 2]))], 1),
        .. Corners[..corners].Select(place => images.slice(2, place.Row, place.Row + 3, 1).slice(3, place.Column, place.Column + 3, 1).mean([2, 3])),
    ], 1);

    private static Tensor Logits(Tensor features, double[] weights)
    {
        var sum = features.slice(1, 0, Classes, 1);
        for (var at = 1; at <= weights.Length; at++) sum += weights[at - 1] * features.slice(1, at * Classes, (at + 1) * Classes, 1);
        return 10 * sum;
    }
}
