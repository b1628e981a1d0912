using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class RecoloringVerdictTests
{
    private const string Reads = "It reads the colour, not the digit.";
    private const string Leans = "It leans on the colour.";
    private const string Hardly = "Its answers hardly hang on the colour.";
    private const string Undecided = "That it leans on the colour cannot be told from these images.";

    [Theory]
    [InlineData(0.51, 0.60, Reads)]
    [InlineData(0.50, 0.60, Leans)]
    [InlineData(0.49, 0.60, Leans)]
    [InlineData(0.06, 0.60, Leans)]
    [InlineData(0.05, 0.60, Undecided)]
    [InlineData(0.04, 0.06, Undecided)]
    [InlineData(0.04, 0.05, Undecided)]
    [InlineData(0.01, 0.04, Hardly)]
    public void The_interval_decides_and_not_the_rate(double low, double high, string finding) =>
        Assert.StartsWith($"{finding} Painted", RecoloringVerdict.Of(Recolored((low + high) / 2, low, high, Shares)), StringComparison.Ordinal);

    [Fact]
    public void The_numbers_that_decide_stand_in_the_sentence() =>
        Assert.Equal(
            "It reads the colour, not the digit. Painted in another colour, the same digit gets another answer in 96.4% of cases"
                + " (95.1 to 97.3%); the colour alone makes 70.0% of what moves its logits, the shape 20.0%.",
            RecoloringVerdict.Of(Recolored(0.964, 0.951, 0.973, Shares)));

    [Fact]
    public void Constant_logits_have_a_verdict_without_numbers() =>
        Assert.Equal(
            "It answers every image alike: neither the colour nor the shape of the digit moves it.",
            RecoloringVerdict.Of(Recolored(0, 0, 0.02, null)));

    private static VarianceShares Shares => new(new(0.7, 0.6, 0.8), new(0.2, 0.1, 0.3), new(0.1, 0.05, 0.15));

    private static Recoloring Recolored(double rate, double low, double high, VarianceShares? shares) =>
        new(100, "digit", rate, low, high, default, default, shares, []);
}
