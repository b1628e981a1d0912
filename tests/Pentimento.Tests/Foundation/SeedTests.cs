using static TorchSharp.torch;

namespace Pentimento.Tests.Foundation;

public sealed class SeedTests
{
    private static readonly Seed Root = new(42);

    [Fact]
    public void Each_purpose_has_a_stream_of_its_own()
    {
        string[] purposes = ["", "a", "b", "ab", "ba", "start", "order", "dropout", "weights"];

        Assert.Equal(purposes.Length, purposes.Select(purpose => Root.For(purpose).Value).Distinct().Count());
    }

    [Fact]
    public void The_same_purpose_gives_the_same_stream() => Assert.Equal(new Seed(42).For("start"), Root.For("start"));

    [Fact]
    public void A_number_is_another_purpose_than_its_digits() => Assert.NotEqual(Root.For(1), Root.For("1"));

    [Fact]
    public void A_hundred_thousand_items_have_as_many_streams() =>
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(index => Root.For(index).Value).Distinct().Count());

    [Fact]
    public void Purposes_do_not_commute() => Assert.NotEqual(Root.For("a").For("b"), Root.For("b").For("a"));

    [Fact]
    public void Another_seed_gives_other_streams() => Assert.NotEqual(new Seed(43).For("start"), Root.For("start"));

    [Fact]
    public void A_generator_repeats_and_another_seeds_does_not()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(Draw(Root), Draw(Root));
        Assert.NotEqual(Draw(Root), Draw(Root.For("other")));
    }

    private static float[] Draw(Seed seed)
    {
        using var dice = seed.On(CPU);
        return rand([8], generator: dice).data<float>().ToArray();
    }
}
