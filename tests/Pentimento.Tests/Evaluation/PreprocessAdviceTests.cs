using Google.Protobuf;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

/// <summary>The suggestion of a preprocessing, on networks that know the answer for one of them.</summary>
public sealed class PreprocessAdviceTests
{
    /// <summary>Answers with class 0 up to a threshold of the mean of the first channel, which is what each preprocessing makes of 0.5.</summary>
    [Theory]
    [InlineData("imagenet", (0.5 - 0.485) / 0.229, "with --preprocess imagenet the network answers 100 of 100 images right, without 50;")]
    [InlineData("bytes", 127.5, "with --preprocess bytes the network answers 100 of 100 images right, without 50;")]
    [InlineData("none", 0.5, null)]
    public void The_best_is_named_if_it_is_not_what_is_done_already(string name, double threshold, string? expected)
    {
        using var network = Thresholding(threshold);
        Assert.Contains(Preprocess.Usual, usual => usual.Name == name);

        var advice = PreprocessAdvice.Of(network, DarkAndBright(200, 0), RunContext.OnCpu());

        if (expected is null) Assert.Null(advice);
        else Assert.StartsWith(expected, advice);
    }

    [Fact]
    public void Nothing_is_said_where_the_difference_may_be_chance_or_the_file_says_itself()
    {
        using var network = Thresholding(127.5);

        // Labels that nobody can tell from the images.
        Assert.Null(PreprocessAdvice.Of(network, DarkAndBright(200, 1), RunContext.OnCpu()));
        Assert.Null(PreprocessAdvice.Of(network, DarkAndBright(20, 0), RunContext.OnCpu()));
        Assert.Null(PreprocessAdvice.Of(Preprocessed.Of(network, Preprocess.None), DarkAndBright(200, 0), RunContext.OnCpu()));
    }

    [Fact]
    public void Thirty_images_are_enough() =>
        Assert.StartsWith("with --preprocess bytes the network answers 30 of 30", Advice(127.5, DarkAndBright(30, 0)));

    [Fact]
    public void Of_large_images_fewer_are_tried() =>
        // 400,000 pixels are 40 images of 100x100.
        Assert.StartsWith("with --preprocess bytes the network answers 40 of 40", Advice(127.5, DarkAndBright(60, 0, side: 100)));

    [Fact]
    public void One_class_alone_tells_no_preprocessing_from_another()
    {
        // Bytes are all above the threshold, so that they are all right.
        var bright = DarkAndBright(200, 0).Relabelled([.. Enumerable.Repeat(1L, 200)]);

        Assert.Null(Advice(50, bright));
    }

    private static Classifier Thresholding(double threshold, int side = 2)
    {
        using var scratch = new Scratch();
        var model = Model([0, 3, side, side], graph =>
        {
            var builder = new OnnxBuilder(graph) { Opset = 13 };
            graph.Node("GlobalAveragePool", ["x"], ["p"]);
            graph.Node("Flatten", ["p"], ["f"]);
            var weight = builder.Weight("w", tensor(new float[,] { { -1, 0, 0 }, { 1, 0, 0 } }));
            graph.Node("Gemm", ["f", weight, builder.Weight("b", tensor([(float)threshold, -(float)threshold]))], ["y"], Int("transB", 1));
        });
        return ModelFile.Read(scratch.Write("threshold.onnx", model.ToByteArray()));
    }

    private static string? Advice(double threshold, ImageSet set)
    {
        using var network = Thresholding(threshold, set.Shape.Height);
        return PreprocessAdvice.Of(network, set, RunContext.OnCpu());
    }

    private static ImageSet DarkAndBright(int count, int shuffled, int side = 2)
    {
        var pixels = Enumerable.Range(0, count)
            .SelectMany(at => Enumerable.Repeat((byte)(at % 2 == 0 ? 100 : 150), 3 * side * side))
            .ToArray();
        var labels = Enumerable.Range(0, count).Select(at => (long)((at / (shuffled + 1)) % 2)).ToArray();
        return new("grey", pixels, labels, [], new(side, side, 3));
    }
}
