using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Discovery;

public sealed class CueSearchTests
{
    private const string Corner = "cell:grid=4,row=0,column=0";
    private const string OtherCorner = "cell:grid=4,row=3,column=3";

    [Fact]
    public void A_network_that_reads_a_corner_is_accused_of_that_corner_first()
    {
        var rulings = Rule(2, informative: true, []);

        Assert.Equal(Finding.Shortcut, rulings[0].Finding);
        Assert.Equal(Corner, $"{rulings[0].Evidence.Cue}");
        // The corner outweighs the bars, so every prediction follows its donor, and each of the 30 contradicting images is mistaken.
        Assert.True(rulings[0].Evidence.Followed.Mean.Value > 0.8);
        Assert.True(Math.Abs(rulings[0].Evidence.Blind!.Mean.Value) < 0.05);
        Assert.Equal(new Share(0, 30), rulings[0].Evidence.Cost!.Contradicting);
        Assert.Equal(new Share(30, 30), rulings[0].Evidence.Cost!.Blind);
        Assert.Equal(new Share(30, 30), rulings[0].Evidence.Cost!.Mended);
        Assert.True(rulings[0].QValue < 0.001);
    }

    [Fact]
    public void A_network_that_reads_the_bars_is_accused_of_nothing()
    {
        var rulings = Rule(0, informative: true, []);

        Assert.DoesNotContain(rulings, ruling => ruling.Finding != Finding.None);
        Assert.True(rulings.Single(ruling => $"{ruling.Evidence.Cue}" == Corner).Evidence.Followed.Mean.High < 0.02);
    }

    [Fact]
    public void Where_the_corner_says_nothing_of_the_class_a_network_that_reads_it_is_accused_all_the_same()
    {
        var rulings = Rule(2, informative: false, [Corner, OtherCorner]);

        Assert.Equal(Finding.Shortcut, rulings[0].Finding);
        Assert.Equal(Corner, $"{rulings[0].Evidence.Cue}");
        Assert.Equal(Finding.None, rulings[1].Finding);
    }

    [Fact]
    public void The_same_seed_measures_the_same_and_another_one_draws_other_donors()
    {
        using var network = CornerReader.Network(2);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(90), RunContext.OnCpu());
        var search = new CueSearch([Corner], 60);
        CueFollowing Follow(ulong seed) => CueFollowing.Of(subject, search.Cues[0], search.PlanFor(subject, new(seed)));

        Assert.Equal(Follow(1).Donors, Follow(1).Donors);
        Assert.Equal(Follow(1).Differences, Follow(1).Differences);
        Assert.NotEqual(Follow(1).Donors, Follow(2).Donors);
    }

    [Fact]
    public void Cues_that_do_not_fit_and_sets_of_one_class_are_refused()
    {
        using var network = CornerReader.Network(1);
        var set = CornerReader.Images(30);

        Assert.Equal(
            "Images of 12x12x3 have no border:width=6.",
            Assert.Throws<BadInputException>(() => new CueSearch(["border:width=6"]).Of(network, set, RunContext.OnCpu())).Message);
        var one = set.Pick([0, 3, 6]);
        Assert.Contains(
            "corners shows one class only",
            Assert.Throws<BadInputException>(() => new CueSearch([]).Of(network, one, RunContext.OnCpu())).Message);
    }

    [Theory]
    [InlineData(0, 300, 150)]
    [InlineData(2, 900, 900)]
    public void What_is_surely_not_followed_by_the_first_images_is_given_to_no_others(double weight, int given, int own)
    {
        using var network = CornerReader.Network(weight);
        var evidence = new CueSearch([Corner], 900).Of(network, CornerReader.Images(900), RunContext.OnCpu(1))[0];

        Assert.Equal(given, evidence.Followed.Differences.Length);
        // Half as many get the cue of their own class where no accuracy hangs on it.
        Assert.Equal(own, evidence.Reliance!.Own.Length);
        Assert.Equal(weight > 0, evidence.Blind is not null);
        Assert.Equal(Finding.None, CueVerdict.Of([evidence with { Cost = null }], 0.9)[0].Finding);
    }

    [Fact]
    public void An_audit_swaps_all_and_measures_what_it_costs_in_any_case()
    {
        using var network = CornerReader.Network(0);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(900), RunContext.OnCpu());

        var evidence = new CueSearch([Corner], 900).Of(subject, RunContext.OnCpu(1), always: true)[0];

        Assert.Equal(900, evidence.Followed.Differences.Length);
        Assert.NotNull(evidence.Cost);
    }

    [Theory]
    [InlineData(new long[0], 30)]
    [InlineData(new[] { 0L }, 20)]
    public void Where_one_class_commands_only_images_that_show_it_or_its_cue_contradict(long[] commanded, long contradicting)
    {
        Cue corner = Corner;
        using var network = CornerReader.Network(2);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(300), RunContext.OnCpu());
        var run = RunContext.OnCpu(1);
        using var numbers = subject.Read(corner);
        var (_, reading) = CueClassifier.Of(numbers, subject.Set.Labels, subject.Predicted, run);
        var plan = new CueSearch([corner], 300).PlanFor(subject, run.Seed);
        using var control = new ControlNetwork(subject, plan, [subject.Features.index_select(0, TorchSharp.torch.tensor(plan.Places))]);

        var cost = CueCost.Of(subject, corner, reading, control, control, commanded.ToHashSet(), run);

        // A corner of class 0 lies on ten images of class 2, and ten of class 0 lack it.
        Assert.Equal(contradicting, cost.Contradicting.Count);
    }

    [Theory]
    [InlineData("cell:grid=3,row=0,column=0", 1.0)]
    [InlineData(Corner, null)]
    public void What_may_be_shown_is_asked_whether_the_cue_again_mends_as_much_as_that_of_the_own_class(string cue, double? beyond)
    {
        using var network = CornerReader.Network(2);

        var cost = new CueSearch([cue], 300).Of(network, CornerReader.Images(300), RunContext.OnCpu(1))[0].Cost!;

        // Each of the 30 errors is mended by the own class's corner, and none by another one that says the same.
        Assert.Equal(new Share(30, 30), cost.Mended);
        Assert.Equal(beyond, cost.MendedBeyond?.Value);
    }

    [Fact]
    public void The_halves_of_a_plan_are_the_plan()
    {
        using var network = CornerReader.Network(1);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(90), RunContext.OnCpu());
        var plan = new CueSearch([Corner], 61).PlanFor(subject, new(5));
        SwapPlan[] parts = [plan.Part(..30), plan.Part(30..)];

        Assert.Equal(plan.Places, parts.SelectMany(part => part.Places));
        Assert.Equal(plan.Second, parts.SelectMany(part => part.Second));
        Assert.Equal(plan.Own[1], parts.SelectMany(part => part.Own[1]));
        Assert.Equal(plan.Any, parts.SelectMany(part => part.Any));
    }

    [Fact]
    public void It_leaves_no_tensor_behind()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var network = CornerReader.Network(2);
        var before = scope.DisposablesCount;

        new CueSearch([Corner]).Of(network, CornerReader.Images(60), RunContext.OnCpu(1));

        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void Grey_images_are_not_asked_for_their_colour_nor_for_statistics_that_say_how_much_an_object_fills()
    {
        string[] ofColor = ["color", "color-statistics", "chromatic-aberration"];
        var grey = new ImageSet("grey", [.. Enumerable.Repeat((byte)7, 2 * 64 * 3)], [0, 1], [], new(8, 8, 3));

        Assert.Empty(DefaultCues.For(grey).Select(Catalog.NameOf).Intersect(ofColor));
        Assert.Superset(ofColor.ToHashSet(), DefaultCues.For(CornerReader.Images(3)).Select(Catalog.NameOf).ToHashSet());
    }

    private static IReadOnlyList<CueVerdict> Rule(double weight, bool informative, IReadOnlyList<Cue> cues)
    {
        using var network = CornerReader.Network(weight);
        var evidence = new CueSearch(cues, 300).Of(network, CornerReader.Images(300, informative), RunContext.OnCpu(1));
        return CueVerdict.Of(evidence, 0.9);
    }
}
