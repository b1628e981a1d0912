using System.Text.Json;
using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests;

/// <summary>What independent implementations answer; <c>Oracle/README.md</c> says which.</summary>
internal static class Oracle
{
    /// <summary>256 coloured digits, the first 128 coloured as in training.</summary>
    public static ImageSet Images { get; } = ImageSetFile.Read(At("images.npz"), "oracle");

    /// <summary>The numbers that are not arrays.</summary>
    public static JsonElement Numbers { get; } = JsonDocument.Parse(File.ReadAllText(At("expected.json"))).RootElement;

    public static string At(string file) => Path.Combine(AppContext.BaseDirectory, "Oracle", file);

    /// <summary>The trained network; the caller disposes it.</summary>
    public static Classifier Network(string file = "weights.npz") => ModelFile.Read(At(file), new Cnn3());

    public static NpyArray Expected(string name) => Npz.Read(At("expected.npz"), name)[name];

    /// <summary>The expected array as a float32 tensor of its shape.</summary>
    public static Tensor ExpectedTensor(string name)
    {
        var array = Expected(name);
        return tensor((float[])array.Data).view(array.Shape);
    }

    /// <summary>The class that the oracle's network answers for every image, int64 (256).</summary>
    public static long[] Answers()
    {
        using var scope = NewDisposeScope();
        return ExpectedTensor("logits").argmax(1).data<long>().ToArray();
    }

    /// <summary>The images from start to end, float32 (N, 3, 28, 28), and their labels.</summary>
    public static (Tensor Images, Tensor Labels) Batch(long start, long end) =>
        (Pixels.Slice(Images.Tensor(), start, end - start), Images.LabelTensor().slice(0, start, end, 1));

    /// <summary>The two attacks of the oracle: every image to any wrong answer, or the sevens to 3.</summary>
    public static (ImageSet Set, Criterion Criterion) Task(string kind) =>
        kind == "targeted"
            ? (Images.Pick([.. ((long[])Expected("seven_index").Data).Select(at => (int)at)]), Criterion.Of(3))
            : (Images, Criterion.Any);

    /// <summary>Fails unless every value is within the tolerance of the expected array's first rows.</summary>
    public static void AssertClose(string name, Tensor ours, double tolerance)
    {
        using var scope = NewDisposeScope();
        var expected = ExpectedTensor(name);
        Assert.Equal(expected.shape, ours.shape);
        var worst = (expected - ours).abs().max().item<float>();
        Assert.True(worst <= tolerance, $"{name}: off by {worst}, {tolerance} allowed.");
    }

    /// <summary>Fails unless every value is within the tolerance, measured in the largest expected value.</summary>
    public static void AssertRelative(string name, Tensor ours, double tolerance)
    {
        using var scope = NewDisposeScope();
        AssertClose(name, ours, tolerance * ExpectedTensor(name).abs().max().item<float>());
    }
}
