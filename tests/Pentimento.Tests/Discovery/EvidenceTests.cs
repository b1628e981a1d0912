using Pentimento.Discovery;
using static TorchSharp.torch;

namespace Pentimento.Tests.Discovery;

/// <summary>What the evidence is computed from, on numbers worked out by hand.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public void A_paired_difference_has_an_interval_even_where_nothing_differs()
    {
        var none = PairedDifference.Of(new double[98]);
        var some = PairedDifference.Of([.. Enumerable.Repeat(1.0, 20), .. Enumerable.Repeat(0.0, 78)]);

        // 98 zeros and one difference of each sign: deviation sqrt(2 / 100) / 10.
        Assert.Equal(0, none.Value);
        Assert.Equal(1.959964 * Math.Sqrt(0.02) / 10, none.High, 6);
        // 20 of 98, then mean 20/100 and square 22/100 of 100.
        Assert.Equal(20 / 98.0, some.Value, 9);
        Assert.Equal(0.2 - (1.959964 * Math.Sqrt(0.22 - 0.04) / 10), some.Low, 6);
        Assert.Equal(0.5, PairedDifference.PValue(new double[98]), 6);
        Assert.True(PairedDifference.PValue([.. Enumerable.Repeat(1.0, 20)]) < 1e-3);
    }

    [Fact]
    public void One_of_ten_intervals_that_hold_at_once_is_as_wide_as_one_of_99_and_a_half_percent()
    {
        double[] differences = [.. Enumerable.Repeat(1.0, 20), .. Enumerable.Repeat(0.0, 78)];

        // The normal quantile of 1 - 0.05 / 20.
        Assert.Equal(0.2 - (2.807034 * Math.Sqrt(0.22 - 0.04) / 10), PairedDifference.Of(differences, 10).Low, 6);
        Assert.Equal(0.2 + (2.807034 * Math.Sqrt(0.22 - 0.04) / 10), PairedDifference.Of(differences, 10).High, 6);
    }

    [Fact]
    public void Nothing_measured_is_nothing_known()
    {
        Assert.Equal((-1, 1), (PairedDifference.Of([]).Low, PairedDifference.Of([]).High));
        Assert.Equal(1, PairedDifference.PValue([]));
    }

    [Fact]
    public void Following_is_becoming_the_donors_class_and_not_that_of_a_third()
    {
        // Images 0 to 3 of class 0 get the cues of image 4 (class 1) and image 5 (class 2).
        var plan = new SwapPlan([0, 1, 2, 3], [4, 4, 4, 4], [5, 5, 5, 5], [], []);
        long[] own = [0, 0, 0, 0, 1, 2];

        var following = CueFollowing.Of(plan, own, [1, 1, 0, 2], [2, 1, 0, 0]);

        // Follows both; is 1 whatever it gets; follows neither; becomes the wrong one of the two.
        Assert.Equal([1, 0, 0, -0.5], following.Differences);
        Assert.Equal(1 / 4.0, following.Of(1).Value);
        Assert.Equal(0, following.Of(2).Value);
    }

    [Fact]
    public void With_two_classes_the_own_class_stands_for_the_third()
    {
        var plan = new SwapPlan([0, 1], [2, 2], [1, 0], [], []);

        Assert.Equal([1, 0], CueFollowing.Of(plan, [0, 0, 1], [1, 1], [0, 1]).Differences);
    }

    [Fact]
    public void Shifts_show_what_predictions_do_not()
    {
        using var scope = NewDisposeScope();
        var plan = new SwapPlan([0, 1], [2, 2], [3, 3], [], []);
        var toFirst = tensor(new float[,] { { 5, 1, 0 }, { 5, 1, 0 } });
        var toSecond = tensor(new float[,] { { 5, 0, 1 }, { 5, 0, 1 } });

        var following = CueFollowing.Of(plan, [0, 0, 1, 2], toFirst, toSecond);

        Assert.Equal([0, 0], following.Differences);
        Assert.All(following.Shifts, shift => Assert.Equal(1, shift, 5));
    }

    [Fact]
    public void Donors_are_of_the_classes_that_they_should_be()
    {
        long[] labels = [.. Enumerable.Range(0, 60).Select(at => (long)(at % 3))];
        long[] predicted = [.. labels.Select((label, at) => at < 6 ? (label + 1) % 3 : label)];

        var plan = SwapPlan.Of(labels, predicted, [.. Enumerable.Range(0, 60)], new(1));

        Assert.All(Enumerable.Range(0, 60), at =>
        {
            Assert.Equal(3, new[] { predicted[at], predicted[plan.First[at]], predicted[plan.Second[at]] }.Distinct().Count());
            Assert.All(plan.Own, own => Assert.True(labels[own[at]] == labels[at] && own[at] != at));
        });
        Assert.Equal(3, plan.Any.Select(donor => labels[donor]).Distinct().Count());
    }

    [Fact]
    public void A_cue_that_says_the_class_only_by_two_numbers_together_is_read()
    {
        using var scope = NewDisposeScope();
        // The class is whether the two numbers have the same sign: no linear map can tell.
        var numbers = randn([400, 2], float32, generator: new Seed(5).On(CPU));
        var labels = (numbers.select(1, 0) * numbers.select(1, 1)).gt(0).to_type(int64).data<long>().ToArray();

        var (reading, _) = CueClassifier.Of(numbers, labels, labels, RunContext.OnCpu(1));

        Assert.True(reading.Accuracy > 0.9, $"{reading.Accuracy}");
        Assert.True(reading.PValue < 1e-6);
        Assert.Equal(2, reading.Reliable.Count);
        Assert.InRange(reading.Chance, 0.4, 0.6);
    }

    [Fact]
    public void Noise_says_nothing()
    {
        using var scope = NewDisposeScope();
        var numbers = randn([400, 5], float32, generator: new Seed(5).On(CPU));
        long[] labels = [.. Enumerable.Range(0, 400).Select(at => (long)(at % 4))];

        var (reading, _) = CueClassifier.Of(numbers, labels, labels, RunContext.OnCpu(1));

        Assert.InRange(reading.Accuracy, 0.15, 0.35);
        Assert.True(reading.PValue > 0.001);
        Assert.Empty(reading.Reliable);
    }

    [Fact]
    public void A_cue_contradicts_by_another_word_or_by_silence()
    {
        // Class 1 is announced reliably; 2 is never said, 0 is said of everything else.
        var reading = new CuePredictions([1, 1, 0, 0], [0, 1, 1, 0], 0.5, 0.3, 0.001, new HashSet<long> { 1 });

        Assert.True(reading.Agrees(0, 1));
        Assert.True(reading.Contradicts(1, 2));
        Assert.True(reading.Contradicts(2, 1));
        Assert.False(reading.Contradicts(3, 2));
        Assert.False(reading.Agrees(3, 0));
    }

    [Fact]
    public void A_last_layer_is_fitted_that_tells_classes_apart()
    {
        using var scope = NewDisposeScope();
        var features = tensor(new float[,] { { 0, 1 }, { 0, 1.1f }, { 1, 0 }, { 1.1f, 0 }, { 2, 2 }, { 2, 2.1f } });
        long[] labels = [3, 3, 5, 5, 9, 9];

        using var readout = new Readout(features, labels, [3, 5, 9]);

        Assert.Equal(labels, readout.Predict(features));
    }

    [Fact]
    public void Accuracy_that_hangs_on_a_cue_is_what_is_lost_with_that_of_another_class_beyond_the_control()
    {
        // Of forty images 32 are right with the own class's cue and 12 of these with another's; the control loses four.
        var reliance = new CueReliance(Right(32), Right(12)) { Blind = new(Right(28), Right(24)) };

        Assert.Equal(0.5, reliance.Lost.Value, 9);
        Assert.Equal(0.4, reliance.Excess.Value, 9);
        Assert.True(reliance.Excess.Low > 0 && reliance.PValue < 0.05);
        Assert.Equal(reliance.Lost, (reliance with { Blind = null }).Excess);

        static bool[] Right(int count) => [.. Enumerable.Range(0, 40).Select(at => at < count)];
    }

    [Fact]
    public void Where_one_class_alone_commands_only_what_shows_it_or_looks_like_it_contradicts()
    {
        long[] labels = [1, 2, 3, 3, 1];
        var cue = new CuePredictions([2, 3, 1, 3, 1], [], 0.9, 0.3, 0, new HashSet<long> { 1, 2, 3 });

        bool[] Contradicted(params long[] commanded) =>
            [.. labels.Select((label, at) => cue.Contradicts(at, label, commanded.ToHashSet()))];

        Assert.Equal([true, true, true, false, false], Contradicted());
        Assert.Equal([false, true, true, false, false], Contradicted(3));
    }

    [Fact]
    public void Images_with_the_cue_of_their_own_class_count_as_one_class_of_all()
    {
        // One image in four has its own class's cue where there are ten classes.
        var weights = ControlNetwork.Balanced([true, false, false, false], 10);

        Assert.Equal(0.4f, weights[0], 6);
        Assert.Equal(4, weights.Sum(), 5);
        Assert.Equal(0.1, weights[0] / weights.Sum(), 6);
        Assert.Equal([1f, 1f], ControlNetwork.Balanced([true, true], 10));
    }

    [Fact]
    public void A_last_layer_is_fitted_most_to_what_counts_most()
    {
        using var scope = NewDisposeScope();
        var features = tensor(new float[,] { { 0 }, { 0 }, { 0 }, { 1 } });
        long[] labels = [3, 5, 5, 5];

        using var even = new Readout(features, labels, [3, 5]);
        using var weighted = new Readout(features, labels, [3, 5], tensor(new float[,] { { 2.5f }, { 0.5f }, { 0.5f }, { 0.5f } }));

        Assert.Equal([5, 5], even.Predict(tensor(new float[,] { { 0 }, { 1 } })));
        Assert.Equal([3, 5], weighted.Predict(tensor(new float[,] { { 0 }, { 1 } })));
    }
}
