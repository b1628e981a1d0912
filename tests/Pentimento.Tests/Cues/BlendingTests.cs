using Pentimento.Cues;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

public sealed class BlendingTests
{
    [Theory]
    [InlineData("+")]
    [InlineData("1")]
    [InlineData("0")]
    public void It_gives_back_the_values(string way)
    {
        using var scope = NewDisposeScope();
        var values = linspace(0, 1, 256).view(1, 1, 16, 16);

        Assert.True(new Blending(way).Back(new Blending(way).Of(values)).allclose(values, 0, 1e-5));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0", 0)]
    public void To_all_that_is_mixed_with_as_much_of_it_nearly_the_same_is_added(string way, double ink)
    {
        using var scope = NewDisposeScope();
        var values = linspace(0.2, 0.8, 100).view(1, 1, 10, 10);

        var added = new Blending(way).Of((0.6 * values) + (0.4 * ink)) - new Blending(way).Of(values);

        Assert.InRange(added.max().item<float>() - added.min().item<float>(), 0, 0.03);
        Assert.Equal(Math.Log(0.6) / 2 * (ink > 0 ? -1 : 1), added.mean().item<float>(), 0.02);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public void Values_beyond_white_and_black_are_numbers(string way)
    {
        using var scope = NewDisposeScope();

        Assert.True(new Blending(way).Of(tensor((float[])[-0.5f, -0.02f, 1.02f, 1.5f]).view(1, 1, 2, 2)).isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public void Nothing_is_nearer_than_the_values_are(string way)
    {
        using var scope = NewDisposeScope();
        var values = linspace(0, 0.99, 100).view(1, 1, 100);
        Tensor Sums(Tensor some) => new Blending(way).Of(some.view(1, 1, 10, 10)).flatten(2);

        // A difference of a hundredth, seen from either end.
        Assert.True(new Blending(way).Distance(values, Sums(values), Sums(values + 0.01f)).min().item<float>() > 0.009);
        Assert.True(new Blending(way).Distance(values + 0.01f, Sums(values), Sums(values + 0.01f)).min().item<float>() > 0.009);
    }

    [Fact]
    public void Channels_go_their_own_ways()
    {
        using var scope = NewDisposeScope();
        var image = full([1, 3, 2, 2], 0.3f);

        var sums = new Blending("+10").Of(image).select(2, 0).select(2, 0).flatten().data<float>().ToArray();

        Assert.Equal([0.3, -Math.Log(0.72) / 2, Math.Log(0.32) / 2], sums.Select(sum => (double)sum), (one, other) => Math.Abs(one - other) < 1e-5);
    }
}
