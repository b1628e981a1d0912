using Pentimento.Discovery;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Discovery;

public sealed class SliceTests
{
    [Fact]
    public void Images_of_one_class_that_are_mistaken_alike_are_one_group()
    {
        using var scope = NewDisposeScope();
        // Class 0 lies about 0, class 1 about 5; 20 images of class 0 lie about 3 and are taken for 1.
        var features = cat(
            [Cloud(0, 100), Cloud(3, 20), Cloud(5, 100)]);
        long[] labels = [.. Enumerable.Repeat(0L, 120), .. Enumerable.Repeat(1L, 100)];
        long[] predicted = [.. Enumerable.Repeat(0L, 100), .. Enumerable.Repeat(1L, 120)];

        var (group, typical) = new ErrorMixture(6).Fit(features, labels, predicted, 2, new(1));

        var mistaken = Assert.Single(Enumerable.Range(100, 20).Select(at => group[at]).Distinct());
        Assert.DoesNotContain(mistaken, Enumerable.Range(0, 100).Select(at => group[at]));
        Assert.DoesNotContain(mistaken, Enumerable.Range(120, 100).Select(at => group[at]));
        Assert.All(typical, share => Assert.InRange(share, 0f, 1.0001f));
    }

    [Fact]
    public void The_slice_of_a_network_that_reads_a_corner_is_the_images_with_another_ones()
    {
        using var network = CornerReader.Network(2);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(300), RunContext.OnCpu(1));
        var evidence = new CueSearch(["cell:grid=4"], 300).Of(subject, RunContext.OnCpu(1));

        var slices = new SliceSearch().Of(subject, CueVerdict.Of(evidence, 0.9), RunContext.OnCpu(1));

        Assert.NotEmpty(slices);
        Assert.All(slices, slice => Assert.Equal(0, slice.Accuracy));
        Assert.All(slices.SelectMany(slice => slice.Places), at => Assert.Equal(0, at / 3 % 10));
        Assert.Equal("cell:grid=4,row=0,column=0", $"{slices[0].Cue}");
        Assert.EndsWith(
            "points to another class; 100.0% of the errors among them are the class that it says", slices[0].Description, StringComparison.Ordinal);
        Assert.Equal(30, slices[0].Count);
    }

    [Fact]
    public void Of_images_that_a_suspect_contradicts_those_come_first_that_are_mistaken_for_what_it_says()
    {
        // The corner weighs as much as the bars, so that noise decides where they disagree.
        using var network = CornerReader.Network(1);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(900), RunContext.OnCpu(1));
        var evidence = new CueSearch(["cell:grid=4"], 300).Of(subject, RunContext.OnCpu(1));

        var slice = new SliceSearch().Of(subject, [.. CueVerdict.Of(evidence, 0.9).Select(one => one with { Finding = Finding.Shortcut })],
            RunContext.OnCpu(1))[0];

        var mistaken = slice.Places.Count(at => !subject.Correct(at));
        Assert.InRange(mistaken, 20, slice.Places.Length - 20);
        Assert.All(slice.Places.Take(mistaken), at => Assert.False(subject.Correct(at)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void What_a_suspect_misleads_is_shown_however_few_images_that_are_and_however_many_it_points_elsewhere_in_vain(int inVain)
    {
        using var network = CornerReader.Network(2);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(900), RunContext.OnCpu(1));
        var ruling = CueVerdict.Of(new CueSearch(["cell:grid=4"], 300).Of(subject, RunContext.OnCpu(1)), 0.9)[0];
        int[] errors = [.. Enumerable.Range(0, 900).Where(at => !subject.Correct(at))];
        int[] few = [.. errors.Take(6)];
        int[] right = [.. Enumerable.Range(0, 900).Where(at => subject.Correct(at)).Take(inVain)];
        var echo = ruling.Evidence.Echo;
        long[] says = [.. subject.Set.Labels.Index().Select(pair =>
            few.Contains(pair.Index) ? echo.Says[pair.Index] : right.Contains(pair.Index) ? (pair.Item + 1) % CornerReader.Classes : pair.Item)];

        var slice = Assert.Single(new SliceSearch(1).Of(
            subject, [ruling with { Evidence = ruling.Evidence with { Echo = echo with { Says = says } } }], RunContext.OnCpu(1)));

        Assert.Equal(90, errors.Length);
        Assert.Equal(few, slice.Places.Take(6).Order());
        Assert.Equal(6 + inVain, slice.Places.Length);
    }

    [Fact]
    public void Nine_in_ten_of_the_most_typical_images_of_a_slice_are_of_the_planted_group()
    {
        // Ten classes, each a cloud; in every other one a fifth of the images lies aside, and three in four of them are mistaken for one other class.
        using var scope = NewDisposeScope();
        const int Classes = 10;
        const int OfClass = 100;
        const int Aside = 20;
        var dice = new SplitMix64(new(3));
        var middles = 2 * randn([Classes, 16], float32, generator: new Seed(1).On(CPU));
        var moves = randn([Classes, 16], float32, generator: new Seed(2).On(CPU));
        const int All = Classes * OfClass;
        var (features, labels, predicted, planted) = (new List<Tensor>(), new long[All], new long[All], new bool[All]);
        for (var at = 0; at < labels.Length; at++)
        {
            var label = at / OfClass;
            planted[at] = label % 2 == 0 && at % OfClass < Aside;
            var noise = 0.6f * randn(16, float32, generator: new Seed(3).For(at).On(CPU));
            features.Add(middles[label] + (planted[at] ? moves[label] : zeros(16)) + noise);
            labels[at] = label;
            predicted[at] = dice.Uniform() < (planted[at] ? 0.75 : 0.03) ? (label + (planted[at] ? 1 : 1 + dice.Below(9))) % Classes : label;
        }

        var (group, typical) = new ErrorMixture().Fit(stack(features), labels, predicted, Classes, new(1));

        var precision = Enumerable.Range(0, Classes / 2).Select(half => Enumerable.Range(0, labels.Length).GroupBy(at => group[at])
            .Max(members =>
                members.OrderByDescending(at => typical[at]).Take(10).Count(at => planted[at] && labels[at] == 2 * half) / 10.0)).ToList();
        Assert.True(precision.Average() >= 0.9, string.Join(" ", precision));
    }

    [Fact]
    public void A_network_without_errors_has_no_slices()
    {
        using var network = CornerReader.Network(0);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(60), RunContext.OnCpu(1));

        Assert.Empty(new SliceSearch().Of(subject, [], RunContext.OnCpu(1)));
    }

    private static Tensor Cloud(float middle, int count) => middle + (0.1f * randn([count, 2], float32, generator: new Seed((ulong)count).On(CPU)));
}
