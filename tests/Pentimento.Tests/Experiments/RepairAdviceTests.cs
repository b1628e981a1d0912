using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Tests.Experiments;

public sealed class RepairAdviceTests
{
    private const int Images = 1000;
    private const int Conflicting = 200;
    private static readonly ConflictingImages Held = new(
        new("held out", new byte[Images], new long[Images], [], new(1, 1, 1)), [.. Enumerable.Range(0, Conflicting)], "in another colour");

    private static readonly RepairedMethod Network = Row("as it is", 0.82, 0.10);

    [Fact]
    public void A_shortcut_that_a_method_takes_away_is_advised_away_and_the_numbers_stand_in_the_sentence()
    {
        var advice = Of(Finding.Shortcut, Row("erm", 0.95, 0.5), Row("good", 0.96, 0.9), Row("as-good", 0.96, 0.885));

        Assert.Equal("good", advice.Recommended!.Name);
        Assert.Equal((Finding.Shortcut, "audited"), (advice.Finding, advice.Verdict));
        Assert.StartsWith(
            "Use good, which needs no bias labels: 96.0% of the held-out training images are answered right, +14.0 points (",
            advice.Advice,
            StringComparison.Ordinal);
        Assert.Contains("and 90.0% on the 200 of them in another colour, +80.0 points (", advice.Advice, StringComparison.Ordinal);
        Assert.EndsWith("It cannot be told apart from as-good.", advice.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Finding.None, "Leave the network as it is: no shortcut was found")]
    [InlineData(Finding.Undecided, "Leave the network as it is: whether it has a shortcut cannot be told")]
    public void Without_a_shortcut_the_network_is_left_alone_however_much_a_method_wins(Finding finding, string start)
    {
        var advice = Of(finding, Row("erm", 0.95, 0.5), Row("good", 0.99, 0.99));

        Assert.Equal((null, finding), (advice.Recommended, advice.Finding));
        Assert.StartsWith(start, advice.Advice, StringComparison.Ordinal);
    }

    [Theory]
    // 22 of 200 against 20, 40 against 20.
    [InlineData(0.11, null)]
    [InlineData(0.20, "better")]
    public void What_is_not_surely_better_is_not_advised(double conflicting, string? recommended) =>
        Assert.Equal(recommended, Of(Finding.Shortcut, Row("better", 0.95, conflicting)).Recommended?.Name);

    [Fact]
    public void What_costs_more_than_it_wins_is_not_advised()
    {
        var advice = Of(Finding.Shortcut, Row("costly", 0.30, 0.40));

        Assert.Null(advice.Recommended);
        // What is surely won of 30 points.
        Assert.Matches(@"costs more than 2[0-9]\.[0-9] points elsewhere", advice.Advice);
        // 52 points are lost, 30 won: 52 of 82.
        Assert.Contains("It pays where the shortcut misleads in more than 63.4% of images.", advice.Advice, StringComparison.Ordinal);
        // One that costs no more than it wins comes before one that wins more.
        Assert.Equal("cheap", Of(Finding.Shortcut, Row("costly", 0.30, 0.40), Row("cheap", 0.80, 0.2)).Recommended!.Name);
    }

    [Fact]
    public void What_surely_wins_is_named_with_its_cost_though_another_costs_nothing_and_wins_nothing()
    {
        var advice = Of(Finding.Shortcut, Row("erm", 0.82, 0.10), Row("costly", 0.30, 0.40));

        Assert.Null(advice.Recommended);
        Assert.Contains("what every method wins costs more than", advice.Advice, StringComparison.Ordinal);
        Assert.Contains("With costly 30.0% of the held-out training images", advice.Advice, StringComparison.Ordinal);
    }

    [Theory]
    // Plain training learns as much of these images: they were hard to the network, and no shortcut misled it.
    [InlineData(0.55, 0.60, Finding.Undecided)]
    [InlineData(0.20, 0.60, Finding.Shortcut)]
    // Less than a fifth is what re-weighting does to hard images.
    [InlineData(0.10, 0.25, Finding.Undecided)]
    public void Errors_that_a_repair_answers_and_plain_training_does_not_are_a_shortcut(double plain, double good, Finding finding)
    {
        // Plain training anew, and plain fine-tuning of the network's own weights.
        foreach (var control in new[] { "erm", "fine-tune" })
        {
            RepairedMethod[] rows = [Network, Row(control, 0.95, plain), Row("good", 0.97, good)];
            var advice = RepairAdvice.Of(Finding.Undecided, "unknown", isByColor: false, RepairedMethod.Compared(rows, new(1)), Held);

            Assert.Equal(finding, advice.Finding);
            Assert.Equal(finding == Finding.Shortcut ? "good" : null, advice.Recommended?.Name);
        }
    }

    [Fact]
    public void Errors_prove_no_shortcut_by_a_method_that_loses_elsewhere()
    {
        RepairedMethod[] rows = [Network, Row("erm", 0.85, 0.2), Row("costly", 0.78, 0.9)];

        var advice = RepairAdvice.Of(Finding.Undecided, "unknown", isByColor: false, RepairedMethod.Compared(rows, new(1)), Held);

        Assert.Equal((Finding.Undecided, null), (advice.Finding, advice.Recommended));
    }

    [Fact]
    public void Without_conflicting_images_nothing_is_advised()
    {
        var none = new ConflictingImages(Held.Images, [], Held.Meaning);
        RepairedMethod[] rows = [.. new[] { Network, Row("good", 0.99, 0.9) }.Select(row => row with { RightConflicting = [[]] })];
        var advice = RepairAdvice.Of(Finding.Shortcut, "audited", isByColor: true, RepairedMethod.Compared(rows, new(1)), none);

        Assert.Null(advice.Recommended);
        Assert.Contains("More data or a larger --hold-out would have such images.", advice.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_fine_tuning_is_never_the_advice_and_what_it_wins_as_well_is_said()
    {
        var control = Row("fine-tune", 0.97, 0.9);

        var more = Of(Finding.Shortcut, control, Row("more", 0.96, 0.5) with { BeyondControl = new(0.1, 0.05, 0.2) });
        var same = Of(Finding.Shortcut, control, Row("same", 0.97, 0.9) with { BeyondControl = new(0, -0.02, 0.02) });

        Assert.Equal(("more", "same"), (more.Recommended!.Name, same.Recommended!.Name));
        Assert.Contains("Against plain fine-tuning on the same images that is +10.0 points (+5.0 to +20.0).", more.Advice, StringComparison.Ordinal);
        Assert.Contains(
            "Plain fine-tuning on the same images wins as much (0.0 points (-2.0 to +2.0) against it)", same.Advice, StringComparison.Ordinal);
    }

    [Theory]
    // 12 points for 74 are less than is surely won; 12 points for 10 are not.
    [InlineData(0.70, 0.84, "costly")]
    [InlineData(0.70, 0.2, null)]
    public void As_much_as_is_surely_won_may_be_lost_elsewhere(double all, double conflicting, string? recommended)
    {
        var advice = Of(Finding.Shortcut, Row("costly", all, conflicting));

        Assert.Equal(recommended, advice.Recommended?.Name);
        Assert.Equal(recommended is not null, advice.Advice.Contains("misleads in more than 14.0% of images", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.005, null)]
    [InlineData(0.2, "costly")]
    public void A_user_may_accept_a_cost(double cost, string? recommended)
    {
        var rows = RepairedMethod.Compared([Network, Row("costly", 0.70, 0.84)], new(1));

        var advice = RepairAdvice.Of(Finding.Shortcut, "audited", isByColor: true, rows, Held, cost: cost);

        Assert.Equal(recommended, advice.Recommended?.Name);
        Assert.Equal(recommended is null, advice.Advice.Contains("--cost 0.12 would accept it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.06, false, Finding.Shortcut)]
    [InlineData(0.06, true, Finding.Shortcut)] // A cue that is nothing of what is shown.
    [InlineData(0.04, false, Finding.Undecided)]
    [InlineData(0.04, true, Finding.Undecided)]
    public void Where_it_is_known_what_misleads_five_points_beyond_the_control_prove_it(double low, bool isByCue, Finding finding)
    {
        var rows = RepairedMethod.Compared([Network, Row("good", 0.96, 0.5)], new(1));

        var advice = RepairAdvice.Of(
            Finding.Undecided, "unknown", isByCue, [rows[0], rows[1] with { BeyondControl = new(0.2, low, 0.3) }], Held, mayBeProven: true);

        Assert.Equal(finding, advice.Finding);
        Assert.Equal(finding == Finding.Shortcut ? "good" : null, advice.Recommended?.Name);
    }

    [Theory]
    [InlineData(true, 0.9, 0.5, "erm")]
    [InlineData(false, 0.9, 0.5, null)]
    // Better where the shortcut would mislead, and not surely elsewhere.
    [InlineData(true, 0.83, 0.5, null)]
    [InlineData(true, 0.9, 0.12, null)]
    public void Who_learned_little_is_advised_what_is_surely_better_everywhere(
        bool learnedLittle, double all, double conflicting, string? recommended)
    {
        var rows = RepairedMethod.Compared([Network, Row("erm", all, conflicting)], new(1));

        var advice = RepairAdvice.Of(Finding.Undecided, "unknown", isByColor: true, rows, Held, learnedLittle: learnedLittle);

        Assert.Equal((recommended, Finding.Undecided), (advice.Recommended?.Name, advice.Finding));
        Assert.Equal(recommended is not null, advice.Advice.StartsWith("It learned little. Use erm: 90.0%", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Finding.Undecided, true, 0.5, 0.3, "good")]
    [InlineData(Finding.Undecided, false, 0.5, 0.3, null)]
    // Plain fine-tuning wins nearly as much.
    [InlineData(Finding.Undecided, true, 0.5, 0.04, null)]
    [InlineData(Finding.Undecided, true, 0.12, 0.3, null)]
    [InlineData(Finding.None, true, 0.5, 0.3, null)]
    public void A_cue_on_which_accuracy_hangs_is_taken_away_on_the_users_word_where_that_wins_more_than_plain_fine_tuning(
        Finding finding, bool asked, double conflicting, double beyond, string? recommended)
    {
        var repaired = Row("good", 0.85, conflicting) with { BeyondControl = new(beyond + 0.05, beyond, beyond + 0.1) };
        var rows = RepairedMethod.Compared([Network, Row("erm", 0.85, 0.12), repaired], new(1));

        var advice = RepairAdvice.Of(finding, "audited", isByColor: true, rows, Held, isAsked: asked);

        Assert.Equal((recommended, finding), (advice.Recommended?.Name, advice.Finding));
        Assert.Equal(recommended is not null, advice.Verdict.EndsWith("on your word.", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_methods_the_network_stays() =>
        Assert.StartsWith("No method made a network", Of(Finding.Shortcut).Advice, StringComparison.Ordinal);

    [Fact]
    public void Scores_have_standard_errors()
    {
        // 10 of 200, and 800 of 1000: sqrt(p (1 - p) / n).
        var score = new HeldOutOutcome(Right(800, 1000), Right(10, 200), [], []).Score;

        Assert.Equal((0.8, 0.05), (score.All, score.BiasConflicting));
        Assert.Equal((0.01265, 0.01541), (Math.Round(score.AllError, 5), Math.Round(score.BiasConflictingError, 5)));
    }

    [Fact]
    public void Without_conflicting_images_the_worst_class_stands_in() =>
        Assert.Equal(0.3, new HeldOutOutcome(Right(800, 1000), [], [], []) { WorstClass = 0.3 }.Score.Lower);

    private static bool[] Right(int right, int count) => [.. Enumerable.Range(0, count).Select(at => at < right)];

    private static RepairAdvice Of(Finding finding, params RepairedMethod[] methods) =>
        RepairAdvice.Of(finding, "audited", isByColor: true, RepairedMethod.Compared([Network, .. methods], new(1)), Held);

    private static RepairedMethod Row(string name, double all, double conflicting)
    {
        var right = (int)Math.Round(conflicting * Conflicting);
        var others = (int)Math.Round(all * Images) - right;
        bool[] answers =
            [.. Enumerable.Range(0, Conflicting).Select(at => at < right), .. Enumerable.Range(0, Images - Conflicting).Select(at => at < others)];
        return new(name, "no bias labels", 3, all, 0, 0, 0, new Dictionary<string, double>(), new(all, conflicting), 1)
        {
            Right = [answers],
            RightConflicting = [answers[..Conflicting]],
        };
    }
}
