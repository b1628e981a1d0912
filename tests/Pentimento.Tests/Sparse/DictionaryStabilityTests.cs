using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Tests.Sparse;

public sealed class DictionaryStabilityTests
{
    [Fact]
    public void The_best_pairing_is_not_the_greedy_one() =>
        // Greed takes 9 first and is left with 1; 8 and 7 are more.
        Assert.Equal([1, 0], Hungarian.Assign([[9, 8], [7, 1]]));

    [Fact]
    public void The_best_pairing_is_found_among_all()
    {
        var dice = new SplitMix64(new(3));
        float[][] worth = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 7).Select(_ => (float)dice.Uniform(-1, 1)).ToArray())];

        var found = Hungarian.Assign(worth);

        Assert.Equal(6, found.Distinct().Count());
        Assert.Equal(Best(worth, 0, []), found.Select((column, row) => (double)worth[row][column]).Sum(), 1e-6);
    }

    [Fact]
    public void The_same_features_in_another_order_are_the_same()
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(1).On(CPU);
        var one = randn(8, 16, float32, CPU, generator: dice);

        var same = DictionaryStability.Of([one, 3 * one.flip(0)]);
        var other = DictionaryStability.Of([one, randn(8, 16, float32, CPU, generator: dice)]);

        Assert.Equal((2, 1.0), (same.Seeds, same.Same));
        Assert.Equal(1, same.Cosine, 1e-5);
        Assert.InRange(other.Cosine, 0.05, 0.6);
    }

    private static double Best(float[][] worth, int row, int[] taken) => row == worth.Length
        ? 0
        : Enumerable.Range(0, worth[0].Length).Except(taken).Max(column => worth[row][column] + Best(worth, row + 1, [.. taken, column]));
}
