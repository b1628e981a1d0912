using Pentimento.Attribution;
using Pentimento.Attribution.SanityChecks;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution.SanityChecks;

public sealed class SanityCheckTests
{
    [Fact]
    public void Rank_correlation_shares_the_ranks_of_equal_values()
    {
        using var scope = NewDisposeScope();

        var correlation = Ranks.Correlation(
            tensor(new float[] { 1, 2, 2, 3, 0, 7, 1, 2, 3, 4, 5, 6 }).view(2, 2, 3),
            tensor(new float[] { 5, 1, 2, 2, 0, 9, 4, 4, 4, 4, 4, 4 }).view(2, 2, 3));

        // scipy.stats.spearmanr; a map that is the same everywhere is like no other.
        Assert.Equal(0.6029411764705883, correlation[0].item<double>(), 9);
        Assert.Equal(0, correlation[1].item<double>());
    }

    [Fact]
    public void Imputed_pixels_solve_roads_equations()
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(6).On(CPU);
        var image = rand([1, 1, 6, 7], generator: dice);
        var removed = rand([1, 1, 6, 7], generator: dice).lt(0.7).to_type(float32);

        var solved = Imputation.Solve(image, removed);

        var expected = Dense(image, removed);
        Assert.True(removed.sum().item<float>() > 20);
        Assert.True((solved - expected).abs().max().item<float>() < 2e-3, $"off by {(solved - expected).abs().max().item<float>()}.");
    }

    [Fact]
    public void A_flat_image_is_filled_with_its_own_value_and_an_image_that_is_gone_with_nothing()
    {
        using var scope = NewDisposeScope();
        var image = full([2, 3, 8, 8], 0.6f);
        var removed = zeros(2, 1, 8, 8);
        removed[0, 0, 2, 3] = 1;
        removed[1] = 1;

        var filled = Imputation.Fill(image, removed, new(1));

        // The noise's standard deviation is 0.01.
        Assert.Equal(0.6, filled[0].mean().item<float>(), 0.01);
        Assert.Equal(0, filled[1].mean().item<float>(), 0.01);
    }

    [Fact]
    public void Removing_what_the_network_reads_costs_the_answer_and_keeping_it_saves_it()
    {
        using var scope = NewDisposeScope();
        using var network = LeftReader();
        var set = LeftBright();
        var right = zeros(4, 8, 8);
        right.narrow(2, 0, 2).fill_(1);

        var good = RemovalCurves.Of(new Occlusion(), right, network, set, new long[4], RunContext.OnCpu());
        var bad = RemovalCurves.Of(new Occlusion(), -right, network, set, new long[4], RunContext.OnCpu());

        Assert.True(good.Low > 0.3, $"the right map gains {good.Gain}.");
        Assert.True(bad.High < -0.3, $"the opposite map gains {bad.Gain}.");
        // With nine tenths kept, all that matters is kept.
        Assert.True(good.Insertion[^1] > 0.99);
        Assert.True(good.Deletion[^1] < 0.6);
    }

    [Fact]
    public void The_map_of_a_linear_network_stands_still_and_its_product_with_the_image_does_not()
    {
        using var scope = NewDisposeScope();
        using var network = LeftReader();
        var set = LeftBright();

        NoiseSensitivity Of(AttributionMethod method)
        {
            var maps = method.ExplainSet(network, set, new long[4], "scores", RunContext.OnCpu());
            return NoiseSensitivity.Of(method, maps, network, set, new long[4], "scores", RunContext.OnCpu());
        }

        Assert.Equal(0, Of(new InputGradient()).Value, 6);
        // A change of at most 0.02 of pixels that are 1 where the weights are: between a third of it and all.
        Assert.InRange(Of(new GradientTimesInput()).Value, 0.007, 0.02);
    }

    [Fact]
    public void Guided_backpropagation_forgets_less_than_the_gradient_and_the_network_is_not_touched()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var set = Oracle.Images.First(30);
        var before = network.state_dict()["fc2.weight"].clone();

        double Left(AttributionMethod method)
        {
            var maps = method.ExplainSet(network, set, set.Labels, "relu3", RunContext.OnCpu());
            return ParameterRandomization.Of([method], [maps], network, set, set.Labels, "relu3", RunContext.OnCpu())[0].Left;
        }

        Assert.InRange(Left(new InputGradient()), -0.2, 0.3);
        Assert.True(Left(new GuidedBackpropagation()) > 0.45, $"guided backpropagation keeps only {Left(new GuidedBackpropagation())}.");
        Assert.True(before.equal(network.state_dict()["fc2.weight"]).all().item<bool>());
    }

    [Fact]
    public void The_middle_of_a_large_hole_is_found_in_few_steps()
    {
        // A slope solves the equations: every pixel is the mean of its neighbours. Only a frame of two pixels is left of it.
        using var scope = NewDisposeScope();
        var slope = (arange(800, float32).view(1, 1, 1, 800) / 800).expand(1, 1, 800, 800).contiguous();
        var removed = zeros(1, 1, 800, 800);
        removed.narrow(2, 2, 796).narrow(3, 2, 796).fill_(1);

        var solved = Imputation.Solve(slope, removed);

        Assert.Equal(0, ((solved - slope) * removed).abs().max().item<float>(), 0.02);
    }

    [Fact]
    public void The_noise_goes_both_ways_by_a_fiftieth_of_the_range()
    {
        using var scope = NewDisposeScope();
        using var network = LeftReader();
        var grey = new ImageSet("grey", [.. Enumerable.Repeat((byte)128, 4 * 64)], new long[4], [], new(8, 8, 1));
        var method = new Kept();

        NoiseSensitivity.Of(method, zeros(4, 8, 8), network, grey, new long[4], "", RunContext.OnCpu());

        // Of 2,560 uniform numbers some lie within a hundredth of either end.
        Assert.Equal(-0.02, method.Seen.Min() - (128 / 255.0), 0.0004);
        Assert.Equal(0.02, method.Seen.Max() - (128 / 255.0), 0.0004);
        Assert.Equal(0, method.Seen.Average() - (128 / 255.0), 0.002);
    }

    // Thirteen layers are two at a time, in seven stages.
    [Theory]
    [InlineData(12, 12)]
    [InlineData(13, 7)]
    public void A_deep_network_forgets_several_layers_at_a_time(int layers, int stages)
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp(string.Join('-', Enumerable.Repeat(4, layers - 1))).Build(TinyProblem.Shape, 3, new(1));
        var set = TinyProblem.Noise(3);

        var test = ParameterRandomization.Of([new InputGradient()], [rand(3, 8, 8)], network, set, set.Labels, "", RunContext.OnCpu())[0];

        Assert.Equal(stages, test.Layers.Count);
        Assert.Equal("fc1", test.Layers[^1]);
    }

    /// <summary>Remembers the images that it is to explain, and explains nothing.</summary>
    private sealed record Kept : AttributionMethod
    {
        public List<float> Seen { get; } = [];

        internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
        {
            Seen.AddRange(images.contiguous().data<float>().ToArray());
            return zeros(images.shape[0], images.shape[2], images.shape[3]);
        }
    }

    /// <summary>Logits (8 times the mean of the two left columns, 2) of grey 8x8 images.</summary>
    private static Classifier LeftReader() => new(new Cnn3(), new(8, 8, 1), 2,
        [new Layer("scores", LayerKind.Other, (x, _) => stack([8 * x.narrow(3, 0, 2).mean([1, 2, 3]), full([x.shape[0]], 2f)], 1), Maps: false)]);

    private static ImageSet LeftBright() =>
        new("left", [.. Enumerable.Range(0, 4 * 64).Select(at => at % 8 < 2 ? (byte)255 : (byte)0)], new long[4], [], new(8, 8, 1));

    /// <summary>The same equations as one dense system, solved directly.</summary>
    private static Tensor Dense(Tensor image, Tensor removed)
    {
        var (height, width) = ((int)image.shape[2], (int)image.shape[3]);
        var (matrix, right) = (zeros(height * width, height * width, float64), zeros(height * width, 1, float64));
        for (var at = 0; at < height * width; at++)
        {
            var sum = 0.0;
            for (var (down, more) = (-1, true); more; more = ++down <= 1)
            {
                for (var across = -1; across <= 1; across++)
                {
                    var (row, column) = ((at / width) + down, (at % width) + across);
                    if ((down == 0 && across == 0) || row < 0 || row >= height || column < 0 || column >= width) continue;
                    var weight = down == 0 || across == 0 ? 1 / 6.0 : 1 / 12.0;
                    sum += weight;
                    if (removed[0, 0, at / width, at % width].item<float>() == 1) matrix[at, (row * width) + column] = -weight;
                }
            }

            var isRemoved = removed[0, 0, at / width, at % width].item<float>() == 1;
            matrix[at, at] = isRemoved ? sum : 1;
            right[at, 0] = isRemoved ? 0 : image[0, 0, at / width, at % width].item<float>();
        }

        return linalg.solve(matrix, right).view(1, 1, height, width).to_type(float32) * removed;
    }
}
