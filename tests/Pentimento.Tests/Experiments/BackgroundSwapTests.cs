using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Tests.Experiments;

public sealed class BackgroundSwapTests
{
    private const int Count = 400;

    [Fact]
    public void A_network_that_reads_the_ground_follows_it_and_one_that_reads_the_object_does_not()
    {
        var reader = Swap(at => at % 2, at => 1 - (at % 2), at => at % 2);
        var looker = Swap(at => at % 2, at => at % 2, at => at % 2);

        Assert.Equal((Finding.Shortcut, 1.0, 0.0), (reader.Finding, reader.FlipRate, reader.Control.Value));
        Assert.Equal((Finding.None, 0.0, 0.0), (looker.Finding, looker.FlipRate, looker.Control.Value));
        Assert.Equal(new Share(200, 200), reader.PerClass[1]);
        Assert.StartsWith("It follows the ground: the same object on the other ground gets another prediction in 100.0%", reader.Verdict);
        Assert.StartsWith("It does not follow the ground", looker.Verdict);
    }

    [Fact]
    public void A_network_that_any_other_picture_unsettles_is_not_accused()
    {
        // A third of the predictions change on whatever picture is put behind, the green ones as the blue ones.
        var nervous = Swap(at => at % 2, at => at % 3 == 0 ? 1 - (at % 2) : at % 2, at => at % 3 == 1 ? 1 - (at % 2) : at % 2);

        Assert.InRange(nervous.FlipRate, 0.33, 0.34);
        Assert.NotEqual(Finding.Shortcut, nervous.Finding);
    }

    [Fact]
    public void A_network_that_says_one_thing_is_not_judged()
    {
        var constant = Swap(_ => 0, _ => 0, _ => 0);

        Assert.Equal(Finding.Undecided, constant.Finding);
        Assert.Contains("one class for every image", constant.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_one_object_are_no_independent_trials()
    {
        // A tenth of the predictions change, once spread over all objects, once all those of four objects in forty.
        var spread = Swap(at => 0, at => at % 10 == 0 ? 1 : 0, at => 0, at => $"{at / 10}");
        var lumped = Swap(at => 0, at => at % 40 < 4 ? 1 : 0, at => 0, at => $"{at % 40}");

        Assert.Equal((0.1, 0.1, 40, 40), (spread.FlipRate, lumped.FlipRate, spread.Objects, lumped.Objects));
        // Sums of the four clusters are 9, of the others -1: the variance of the mean is 40/39 (4·81 + 36) / 400², and 1.96 deviations 0.0941.
        Assert.Equal(0.1 - 0.0941, lumped.Low, 0.0001);
        Assert.True(spread.High - spread.Low < lumped.High - lumped.Low);
        Assert.Equal(Finding.Undecided, lumped.Finding);
        Assert.Equal(Finding.Undecided, Swap(at => 0, at => at % 10 == 0 ? 1 : 0, at => 0, _ => "one").Finding);
    }

    private static BackgroundSwap Swap(Func<int, long> own, Func<int, long> other, Func<int, long> redrawn, Func<int, string>? shows = null)
    {
        var places = Enumerable.Range(0, Count).ToList();
        Predictions Of(Func<int, long> predict) => new("set", [.. places.Select(predict)], [.. places.Select(at => (long)(at % 2))], 2);
        return BackgroundSwap.Of(Of(own), Of(other), Of(redrawn), [.. places.Select(shows ?? (at => $"{at / 4}"))]);
    }
}
