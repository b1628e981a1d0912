using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests;

/// <summary>Networks and images so small that a test takes milliseconds.</summary>
internal static class TinyProblem
{
    public static readonly ImageShape Shape = new(8, 8, 1);

    /// <summary>An untrained network of three classes on 8x8 grey images.</summary>
    public static Classifier Network(ulong seed = 1) => new Cnn3(Dropout: 0.2).Build(Shape, 3, new(seed));

    /// <summary>Random images, float32 (N, 1, 8, 8) in [0, 1], all of one grey: a third each of classes 0, 1 and 2.</summary>
    public static (Tensor Images, Tensor Labels) Batch(int count = 6)
    {
        var set = Noise(count);
        using var scope = NewDisposeScope();
        return (Pixels.Slice(set.Tensor(), 0, count).MoveToOuterDisposeScope(), tensor(set.Labels).MoveToOuterDisposeScope());
    }

    /// <summary>Images of noise that no network can tell apart.</summary>
    public static ImageSet Noise(int count)
    {
        var dice = new Dice(new(7));
        var pixels = new byte[count * Shape.Size];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = (byte)dice.Below(256);
        return new("noise", pixels, [.. Enumerable.Range(0, count).Select(at => (long)(at % 3))], [], Shape);
    }

    /// <summary>Dark, grey and bright images with some noise: three classes that any network learns.</summary>
    public static ImageSet Separable(int count)
    {
        var dice = new Dice(new(8));
        var labels = Enumerable.Range(0, count).Select(at => (long)(at % 3)).ToArray();
        var pixels = labels.SelectMany(label => Enumerable.Repeat(label, Shape.Size)).Select(label => (byte)((label * 100) + dice.Below(50))).ToArray();
        return new("separable", pixels, labels, [], Shape);
    }

    /// <summary>The victim with logits (x, -x) of images of one pixel: the loss of class 0 rises as the pixel falls.</summary>
    public static Classifier LinearVictim() => new(new Cnn3(), new(1, 1, 1), 2,
        [new Layer("scores", LayerKind.Other, (x, _) => cat([x.flatten(1), -x.flatten(1)], 1), Maps: false)]);
}
