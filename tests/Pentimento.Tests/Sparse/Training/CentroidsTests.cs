using Pentimento.Foundation.Configuration;
using Pentimento.Sparse;
using Pentimento.Sparse.Training;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Sparse.Training;

public sealed class CentroidsTests
{
    private const int Planted = 12;

    [Fact]
    public void A_centroid_moves_to_the_mean_direction_of_its_rows_and_stays_without_any()
    {
        using var scope = NewDisposeScope();
        var units = tensor(new float[,] { { 1, 0 }, { 0.8f, 0.6f }, { 0, 1 } });

        var moved = Centroids.Moved(units, tensor(new float[,] { { 1, 0 }, { 0, 1 }, { -1, 0 } }));

        // The first two rows are nearest to (1, 0), and their sum is (1.8, 0.6), three to one; nothing is near (-1, 0).
        var tenth = (float)Math.Sqrt(0.1);
        Assert.True(moved.allclose(tensor(new float[,] { { 3 * tenth, tenth }, { 0, 1 }, { -1, 0 } })));
    }

    [Fact]
    public void A_direction_is_turned_back_as_far_as_must_be_in_its_own_plane()
    {
        using var scope = NewDisposeScope();
        var directions = tensor(new float[,] { { 0, 0, 1 }, { 0.6f, 0.8f, 0 } });

        Centroids.Constrain(directions, tensor(new float[,] { { 1, 0, 0 }, { 0.6f, 0.8f, 0 } }));

        Assert.True(directions.allclose(tensor(new float[,] { { 0.98f, 0, (float)Math.Sqrt(1 - (0.98 * 0.98)) }, { 0.6f, 0.8f, 0 } })));
    }

    [Fact]
    public void More_centroids_than_different_rows_are_no_hindrance()
    {
        using var scope = NewDisposeScope();

        var centroids = Centroids.Of(eye(2).repeat(4, 1), zeros(2), 5, new(1));

        Assert.True(centroids.norm(1).allclose(ones(5)));
        Assert.All(Enumerable.Range(0, 2), axis => Assert.Equal(1, centroids[TensorIndex.Colon, axis].max().item<float>(), 1e-5f));
    }

    [Theory, InlineData("relu-l1:sparsity=0.3"), InlineData("top-k:k=2")]
    public void Anchored_features_find_what_occurs_alone(string variant)
    {
        using var scope = NewDisposeScope();
        var (directions, rows) = Alone();

        using var found = AutoencoderTrainer.Train(Course(variant, Directions.Anchored), rows, RunContext.OnCpu(1)).Autoencoder;

        // Rows are seen from their median, which is not where they were planted, and 24 centroids split 12 clumps: near, not exact. Chance
        // gives some 0.4.
        Assert.All(directions.matmul(found.Decoder.t()).amax([1]).data<float>().ToArray(), cosine => Assert.True(cosine > 0.9, $"{cosine}"));
    }

    [Fact]
    public void Anchored_features_outlast_another_seed_and_the_same_seed_gives_the_same_bytes()
    {
        using var scope = NewDisposeScope();
        var (_, rows) = Alone();

        Tensor Decoder(Directions directions, ulong seed) =>
            AutoencoderTrainer.Train(Course("top-k:k=2", directions) with { Epochs = 5 }, rows, RunContext.OnCpu(seed)).Autoencoder.Decoder.detach();
        double Stable(Directions directions) => DictionaryStability.Of([Decoder(directions, 1), Decoder(directions, 2)]).Cosine;

        Assert.InRange(Stable(Directions.Anchored) - Stable(Directions.Free), 0.1, 1);
        Assert.Equal(Numbers(1), Numbers(1));
        Assert.NotEqual(Numbers(1), Numbers(2));
        float[] Numbers(ulong seed) => Decoder(Directions.Anchored, seed).data<float>().ToArray();
    }

    private static AutoencoderTrainingOptions Course(string variant, Directions directions) =>
        new() { Variant = Catalog.Read<Variant>(variant), Width = 1, Directions = directions, Optimizer = new Adam(0.005), Epochs = 20, Batch = 100 };

    /// <summary>Rows of one of twelve directions of 24 inputs each, of strength 1 to 2, with a little noise.</summary>
    private static (Tensor Directions, Tensor Rows) Alone()
    {
        using var dice = new Seed(4).On(CPU);
        var directions = randn(Planted, 24, float32, CPU, generator: dice);
        directions /= directions.norm(1, keepdim: true);
        var strengths = 1 + rand([600, 1], float32, CPU, generator: dice);
        var noise = 0.05 * randn(600, 24, float32, CPU, generator: dice);
        return (directions, (strengths * directions.index_select(0, arange(600) % Planted)) + noise);
    }
}
