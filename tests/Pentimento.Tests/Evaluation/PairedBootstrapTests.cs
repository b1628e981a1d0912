using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class PairedBootstrapTests
{
    // Of 400 images one side gets 60 right that the other does not, and 20 the other way: the difference of pairs is 0.1 with a standard error
    // of sqrt((80/400 - 0.01) / 400) = 0.0218, whatever the accuracy.
    [Fact]
    public void The_interval_is_that_of_the_paired_differences()
    {
        bool[] one = [.. Enumerable.Range(0, 400).Select(at => at is < 60 or >= 80)];
        bool[] other = [.. Enumerable.Range(0, 400).Select(at => at >= 60)];

        var found = PairedBootstrap.Of([one], [other], new(1));

        Assert.Equal(0.1, found.Value, 9);
        Assert.Equal(0.1 - (1.96 * 0.0218), found.Low, 0.006);
        Assert.Equal(0.1 + (1.96 * 0.0218), found.High, 0.006);
        Assert.Equal(found, PairedBootstrap.Of([one], [other], new(1)));
        Assert.NotEqual(found, PairedBootstrap.Of([one], [other], new(2)));
    }

    [Fact]
    public void Trainings_that_differ_widen_it()
    {
        bool[] all = [.. Enumerable.Repeat(true, 400)], none = new bool[400];

        var found = PairedBootstrap.Of([all, none], [none], new(1));

        Assert.Equal((0.5, 0, 1), (found.Value, Math.Round(found.Low), Math.Round(found.High)));
    }

    [Fact]
    public void Few_images_that_all_agree_prove_little()
    {
        bool[] right = [true, true, true, true];
        Assert.Equal(new ConfidenceInterval(0, -0.75, 0.75), PairedBootstrap.Of([right], [right], new(1)));
        Assert.Equal(new ConfidenceInterval(0, -1, 1), PairedBootstrap.Of([[]], [[]], new(1)));
    }
}
