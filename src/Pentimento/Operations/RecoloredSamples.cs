using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Operations;

/// <summary>The first image of each class in every colour of a palette, with a network's predictions.</summary>
/// <param name="Set">The images as they are, ten at most.</param>
/// <param name="Palette">The colours.</param>
/// <param name="Pixels">[image][colour], uint8 (H, W, 3).</param>
/// <param name="Predicted">[image][colour], the predicted class.</param>
internal sealed record RecoloredSamples(ImageSet Set, Palette Palette, byte[][][] Pixels, long[][] Predicted)
{
    private const int Most = 10;

    public static RecoloredSamples Of(Classifier network, ImageSet set, Palette palette, RunContext run)
    {
        using var scope = NewDisposeScope();
        var shown = set.Pick([.. set.FirstOfEachClass().Take(Most)]);
        var bytes = shown.Tensor();
        var painted = ColorReplacement.Recolored(bytes, palette.Colors, ColorReplacement.HasColoredGround(set.Tensor()))
            .mul(255).round().to_type(ScalarType.Byte).permute(0, 1, 3, 4, 2);
        var predicted = Recoloring.Logits(network, shown, palette.Colors, "draw", run).argmax(2);
        return new(
            shown, palette,
            [.. Each(shown.Count, image => Each(palette.Colors.Count, color => painted[image][color].contiguous().data<byte>().ToArray()).ToArray())],
            [.. Each(shown.Count, image => predicted[image].data<long>().ToArray())]);
    }

    private static IEnumerable<T> Each<T>(int count, Func<int, T> one) => Enumerable.Range(0, count).Select(one);
}
