using Pentimento.Attacks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class BisectionTests
{
    [Fact]
    public void Ten_times_more_until_it_suffices_then_half_the_interval()
    {
        // Two images: the first needs 30, the second 0.4.
        using var scope = NewDisposeScope();
        var needed = tensor(new[] { 30f, 0.4f });
        var search = new Bisection(2, 1, 1e10, CPU);
        var tried = new List<float[]>();

        for (var at = 0; at < 5; at++)
        {
            tried.Add(search.At.data<float>().ToArray());
            search.Narrow(search.At.ge(needed), last: at == 3);
        }

        Assert.Equal([1f, 10f, 100f, 55f, 55f], tried.Select(constants => constants[0]));
        // The last try repeats the smallest constant that is known to suffice.
        Assert.Equal([1f, 0.5f, 0.25f, 0.375f, 0.5f], tried.Select(constants => constants[1]));
    }
    [Fact]
    public void Another_search_begins_where_one_sufficed_or_else_with_the_last_that_was_tried()
    {
        // The first needs 3; nothing suffices for the second.
        using var scope = NewDisposeScope();
        var search = new Bisection(2, 1, 1e10, CPU);
        for (var at = 0; at < 3; at++) search.Narrow(tensor(new[] { search.At[0].item<float>() >= 3, false }), last: false);

        var again = search.Again();

        // 1 does not suffice, 10 does, 5.5 does.
        Assert.Equal([5.5f, 1000f], again.At.data<float>().ToArray());
        again.Narrow(tensor(new[] { false, true }), last: false);
        Assert.Equal([55f, 500f], again.At.data<float>().ToArray());
    }
}
