using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class PermutationTestTests
{
    private static readonly Seed Seed = new(1);

    [Fact]
    public void What_decides_the_label_is_as_dependent_as_no_permutation()
    {
        long[] labels = [.. Enumerable.Range(0, 60).Select(at => (long)(at % 3))];

        // 60! / (20!)^3 orders, of which 6 are as dependent: none of 99 draws is one.
        Assert.Equal(0.01, PermutationTest.OfMutualInformation(labels, [.. labels.Select(label => 7 - label)], 99, Seed), 1e-12);
    }

    [Fact]
    public void Of_four_images_every_third_order_is_as_dependent()
    {
        // Of the 6 ways to put two of each value beside two of each label, 2 are fully dependent.
        var value = PermutationTest.OfMutualInformation([0, 0, 1, 1], [5, 5, 9, 9], 3000, Seed);

        Assert.InRange(value, (1 / 3.0) - 0.04, (1 / 3.0) + 0.04);
    }

    [Fact]
    public void What_is_the_same_everywhere_depends_on_nothing() =>
        Assert.Equal(1, PermutationTest.OfMutualInformation([0, 1, 0], [4, 4, 4], 9, Seed));
}
