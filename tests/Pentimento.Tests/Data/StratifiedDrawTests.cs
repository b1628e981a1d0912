using CsCheck;
using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class StratifiedDrawTests
{
    [Fact]
    public void Every_class_keeps_its_share_up_to_one_image() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 200], Gen.Double[0, 1], Gen.ULong).Sample((labels, share, bits) =>
        {
            var count = (int)(share * labels.Length);
            var drawn = StratifiedDraw.Of([.. labels.Select(label => (long)label)], count, new(bits));
            return drawn.Length == count
                && drawn.SequenceEqual(drawn.Distinct().Order())
                && labels.Distinct().All(label =>
                    Math.Abs(drawn.Count(place => labels[place] == label) - (ShareOf(labels, label) * count)) < 1);

            static double ShareOf(int[] all, int label) => (double)all.Count(other => other == label) / all.Length;
        }, iter: 300);

    [Fact]
    public void The_seed_decides_which_and_nothing_else_does()
    {
        long[] labels = [.. Enumerable.Range(0, 100).Select(at => (long)(at / 50))];

        Assert.Equal(StratifiedDraw.Of(labels, 20, new(1)), StratifiedDraw.Of(labels, 20, new(1)));
        Assert.NotEqual(StratifiedDraw.Of(labels, 20, new(1)), StratifiedDraw.Of(labels, 20, new(2)));
        // No prefix of a class either.
        Assert.NotEqual(Enumerable.Range(0, 10), StratifiedDraw.Of(labels, 20, new(1)).Take(10));
    }

    [Fact]
    public void A_limit_on_a_sorted_set_leaves_every_class()
    {
        var sorted = new ImageSet("sorted", new byte[90], [.. Enumerable.Range(0, 90).Select(at => (long)(at / 30))], [], new(1, 1, 1));

        Assert.Equal([3, 3, 3], sorted.Take(9).Labels.CountBy(label => label).Select(group => group.Value));
        Assert.Equal(new long[9], sorted.First(9).Labels);
    }
}
