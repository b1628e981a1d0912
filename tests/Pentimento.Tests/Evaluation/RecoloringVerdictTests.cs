using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class RecoloringVerdictTests
{
    private static readonly ConfidenceInterval All = new(0.96, 0.95, 0.97);
    private static readonly ConfidenceInterval Some = new(0.30, 0.28, 0.32);
    private static readonly ConfidenceInterval Nothing = new(0, 0, 0.01);
    private static readonly Share Most = new(900, 1000);
    private static readonly Share Guessed = new(100, 1000);
    private static readonly ConfidenceInterval Helped = new(0.9, 0.8, 1);

    private static VarianceShares Shares => new(new(0.7, 0.6, 0.8), new(0.2, 0.1, 0.3), new(0.1, 0.05, 0.15));

    [Fact]
    public void The_numbers_that_decide_stand_in_the_sentence() =>
        Assert.Equal(
            "It reads the colour, not the shape. Painted in another colour, the same image gets another answer in 96.4% of cases"
                + " (95.1 to 97.3%); of what is possible, 96.0% (95.0 to 97.0%) follows the colour, and 0.0% (0.0 to 1.0%) in greys as bright;"
                + " the colour alone makes 70.0% of what moves its logits, the shape 20.0%.",
            RecoloringVerdict.Of(Recolored(ColorTest.Of(All, Grey(Nothing), All, Most, 10, Guessed, Helped, 0.1), Shares)));

    [Fact]
    public void Less_than_half_is_leaning() =>
        Starts("It leans on the colour.", ColorTest.Of(Some, Grey(Nothing), Some, Most, 10, Most, Helped, 0.1));

    [Fact]
    public void Nothing_followed_is_said_so() =>
        Starts("Its answers do not follow the colour.", ColorTest.Of(Nothing, Grey(Nothing), Nothing, Most, 10, Most, Helped, 0.1));

    [Fact]
    public void A_network_at_chance_never_reads_the_digit() =>
        Starts(
            "It does not follow the colour, but it reads nothing else either: whatever the colour it is right in 10.0%,"
                + " and the most frequent class alone makes 11.0%.",
            ColorTest.Of(Nothing, Grey(Nothing), Nothing, Most, 10, Guessed, Helped, 0.11));

    [Fact]
    public void What_greys_do_as_well_is_no_colour() =>
        Starts("That it leans on the colour cannot be told: its answers follow", ColorTest.Of(Some, Grey(Some), Some, Most, 10, Most, Helped, 0.1));

    [Fact]
    public void Who_learned_little_is_told_to_learn_more() =>
        Starts(
            "That it leans on the colour cannot be told: its answers follow the colours, but not surely to the right class. Where every class has the"
                + " colour in which it is recognised best, 20.0% (10.0 to 30.0%) of its errors vanish.",
            ColorTest.Of(All, Grey(Nothing), All, Most, 10, Guessed, new(0.2, 0.1, 0.3), 0.1));

    [Fact]
    public void Paint_that_changes_more_than_the_colour_judges_nobody() =>
        Starts(
            "Whether it follows the colour cannot be judged by recolouring: recoloured in their own colour already, only 40.0%",
            ColorTest.Of(All, Grey(Nothing), All, new(400, 1000), 10, Most, Helped, 0.1));

    [Fact]
    public void Colours_that_no_image_has_judge_nobody() =>
        Starts(
            "Whether it follows the colour cannot be judged by recolouring: these images have fewer than two",
            ColorTest.Of(All, Grey(Nothing), All, Most, 1, Most, Helped, 0.1));

    [Fact]
    public void Constant_logits_have_a_verdict_without_numbers() =>
        Assert.Equal(
            "It answers every image alike: neither the colour nor the shape moves it.",
            RecoloringVerdict.Of(Recolored(ColorTest.Of(Nothing, Grey(Nothing), Nothing, Most, 10, Guessed, Helped, 0.1), null)));

    [Fact]
    public void Two_parts_are_named() =>
        Assert.StartsWith(
            "The digit's colour: It leans on the colour.",
            RecoloringVerdict.Of([
                Recolored(ColorTest.Of(Some, Grey(Nothing), Some, Most, 10, Most, Helped, 0.1), Shares),
                Recolored(ColorTest.Of(Nothing, Grey(Nothing), Nothing, Most, 10, Most, Helped, 0.1), Shares) with { Recolored = "ground" },
            ]),
            StringComparison.Ordinal);

    private static void Starts(string sentence, ColorTest test) =>
        Assert.StartsWith(sentence, RecoloringVerdict.Of(Recolored(test, Shares)), StringComparison.Ordinal);

    private static Control Grey(ConfidenceInterval of) => new("greys", of.Value, of.Low, of.High, 1000);

    private static Recoloring Recolored(ColorTest test, VarianceShares? shares) =>
        new(1000, "digit", 0.964, 0.951, 0.973, default, default) { Shares = shares, Test = test };
}
