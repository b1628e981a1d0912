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
        var dice = new SplitMix64(new(7));
        var pixels = new byte[count * Shape.Size];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = (byte)dice.Below(256);
        return new("noise", pixels, [.. Enumerable.Range(0, count).Select(at => (long)(at % 3))], [], Shape);
    }

    /// <summary>Dark, grey and bright images with some noise: three classes that any network learns.</summary>
    public static ImageSet Separable(int count)
    {
        var dice = new SplitMix64(new(8));
        var labels = Enumerable.Range(0, count).Select(at => (long)(at % 3)).ToArray();
        var pixels = labels
            .SelectMany(label => Enumerable.Repeat(label, Shape.Size))
            .Select(label => (byte)((label * 100) + dice.Below(50)))
            .ToArray();
        return new("separable", pixels, labels, [], Shape);
    }

    /// <summary>The victim with logits (s, -s), s = x times the weight, of images of one pixel: the loss of class 0 rises as the pixel
    /// falls. More weights, more pixels.</summary>
    public static Classifier LinearVictim(params float[] weights)
    {
        var (width, scale) = (Math.Max(1, weights.Length), weights.Length == 0 ? [1f] : weights);
        return Victim(width, 2, x =>
        {
            var sum = (x.flatten(1) * tensor(scale)).sum(1, keepdim: true);
            return cat([sum, -sum], 1);
        });
    }

    /// <summary>The victim with logits (s, -s), s = 0.6 a + 0.8 b - 0.6, of images of two pixels: s is the distance from the plane between
    /// the classes.</summary>
    public static Classifier Plane() => Victim(2, 2, x =>
    {
        var distance = (x.flatten(1) * tensor(new[] { 0.6f, 0.8f })).sum(1, keepdim: true) - 0.6f;
        return cat([distance, -distance], 1);
    });

    /// <summary>A victim of one pixel with a hollow at 0.48, where small steps end, before the slope that falls below zero at 0.402; a leap of
    /// 0.1 from 0.5 comes to 0.4.</summary>
    public static Classifier Hollow() => Victim(1, 2, x =>
    {
        var own = (0.5 + (20 * (x.flatten(1) - 0.48).abs())).minimum((x.flatten(1) - 0.402) * 300);
        return cat([own, zeros_like(own)], 1);
    });

    /// <summary>A victim of images one pixel high whose logits are any function of them, (N, 1, 1, W) to (N, K).</summary>
    public static Classifier Victim(int width, int classes, Func<Tensor, Tensor> logits) => new(
        new Cnn3(), new(1, width, 1), classes, [new Layer("scores", LayerKind.Other, (x, _) => logits(x), Maps: false)]);
}
