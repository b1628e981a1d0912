using Pentimento.Foundation.Configuration;
using Pentimento.Sparse;
using Pentimento.Sparse.Training;
using Pentimento.Sparse.Variants;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Sparse.Training;

public sealed class AutoencoderTrainerTests
{
    private const int Planted = 12;
    private static readonly Variant[] Variants =
    [
        new ReluL1(Sparsity: 0.3),
        new TopK(K: 2),
        new BatchTopK(K: 2),
        new JumpRelu(Sparsity: 3, Bandwidth: 1, Threshold: 1),
        new Gated(Sparsity: 4),
        new Matryoshka(K: 2, Levels: 1),
    ];

    public static TheoryData<string> Everyone => [.. Catalog.FamilyOf(typeof(Variant)).Members.Select(member => member.Name)];

    [Theory, MemberData(nameof(Everyone))]
    public void Planted_features_are_found(string name)
    {
        using var scope = NewDisposeScope();
        var (directions, rows) = Mixtures(offset: 1);

        var (autoencoder, history) = AutoencoderTrainer.Train(Options(name), rows, RunContext.OnCpu(1));

        using var found = autoencoder;
        var nearest = directions.matmul(found.Decoder.t()).amax([1]).data<float>().ToArray();
        Assert.True(
            nearest.Count(cosine => cosine > 0.95) >= Planted - 1,
            $"Only {nearest.Count(cosine => cosine > 0.95)} of {Planted} were found: {string.Join(" ", nearest.Select(cosine => $"{cosine:0.00}"))}");
        Assert.True(Reconstruction.Of(found, rows).Fvu < 0.1, $"unexplained {Reconstruction.Of(found, rows).Fvu}");
        Assert.Equal(Options(name).Epochs, history.Count);
        Assert.True(history[^1].Fvu < history[0].Fvu);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Directions_have_length_one_and_the_same_seed_gives_the_same_weights(string name)
    {
        using var scope = NewDisposeScope();
        var (_, rows) = Mixtures(offset: 0, count: 300);
        var options = Options(name) with { Epochs = 2 };

        float[] Decoder(ulong seed) => AutoencoderTrainer.Train(options, rows, RunContext.OnCpu(seed)).Autoencoder.Decoder.data<float>().ToArray();

        Assert.All(Decoder(1).Chunk(24), direction => Assert.Equal(1, direction.Sum(value => value * value), 1e-4));
        Assert.Equal(Decoder(1), Decoder(1));
        Assert.NotEqual(Decoder(1), Decoder(2));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Scale_changes_features_by_that_scale_and_nothing_else(string name)
    {
        using var scope = NewDisposeScope();
        var (_, rows) = Mixtures(offset: 1, count: 300);
        var options = Options(name) with { Epochs = 3 };

        using var small = AutoencoderTrainer.Train(options, rows, RunContext.OnCpu(1)).Autoencoder;
        using var large = AutoencoderTrainer.Train(options, 64 * rows, RunContext.OnCpu(1)).Autoencoder;

        Assert.True(large.Encode(64 * rows).allclose(64 * small.Encode(rows), rtol: 1e-3, atol: 1e-2));
    }

    [Fact]
    public void It_leaves_nothing_behind_but_the_autoencoder_and_hears_the_wish_to_stop()
    {
        using var scope = NewDisposeScope();
        var (_, rows) = Mixtures(offset: 0, count: 300);
        var before = scope.DisposablesCount;

        AutoencoderTrainer.Train(Options("top-k") with { Epochs = 1 }, rows, RunContext.OnCpu()).Autoencoder.Dispose();

        Assert.Equal(before, scope.DisposablesCount);
        using var heard = new Heard(_ => true);
        Assert.Throws<OperationCanceledException>(() => AutoencoderTrainer.Train(Options("top-k"), rows, heard.Run()));
    }

    [Fact]
    public void Rows_that_are_all_alike_are_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Contains(
            "nothing to take apart",
            Assert.Throws<BadInputException>(() => AutoencoderTrainer.Train(new(), ones(10, 4), RunContext.OnCpu())).Message);
    }

    [Fact]
    public void The_geometric_median_ignores_how_far_the_far_row_is()
    {
        using var scope = NewDisposeScope();

        // Of three points on a line the middle one is nearest to all, however far the last.
        var median = Initialization.GeometricMedian(tensor(new float[,] { { 0, 0 }, { 1, 1 }, { 1000, 1000 } }));

        Assert.True(median.allclose(ones(2), atol: 0.05), $"{median[0].item<float>()}");
    }

    private static AutoencoderTrainingOptions Options(string name) => new()
    {
        Variant = Variants.First(variant => Catalog.Write(variant).StartsWith(name + ":", StringComparison.Ordinal)),
        Width = 1,
        Optimizer = new Adam(0.01),
        Epochs = 60,
        Batch = 100,
    };

    /// <summary>Sums of one or two of twelve random directions of 24 inputs, each of strength 1 to 2, around an offset.</summary>
    private static (Tensor Directions, Tensor Rows) Mixtures(float offset, int count = 1500)
    {
        using var dice = new Seed(4).On(CPU);
        var directions = randn(Planted, 24, float32, CPU, generator: dice);
        directions /= directions.norm(1, keepdim: true);
        var strengths = 1 + rand([count, Planted], float32, CPU, generator: dice);
        var (_, chosen) = rand([count, Planted], float32, CPU, generator: dice).topk(2, 1);
        var active = zeros(count, Planted).scatter(1, chosen, ones(count, 2));
        return (directions, (strengths * active).matmul(directions) + offset);
    }
}
