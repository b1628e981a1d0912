using Pentimento.Studies.Parts;

namespace Pentimento.Tests.Reports.Studies;

public sealed class RulingsTests
{
    // Ten thousand images: an error of half a point, of which 2.5 are a point and a quarter.
    [Theory]
    [InlineData(0.53, Ruling.Holds)]
    [InlineData(0.505, Ruling.CannotTell)]
    [InlineData(0.5, Ruling.CannotTell)]
    [InlineData(0.495, Ruling.CannotTell)]
    [InlineData(0.47, Ruling.DoesNotHold)]
    public void Above_a_margin_a_claim_holds_at_it_nobody_can_tell_and_below_it_does_not(double value, Ruling ruling)
    {
        Assert.Equal(ruling, Judge(value, Bound.Above(0.5)));
        Assert.Equal(ruling, Judge(1 - value, Bound.Below(0.5)));
    }

    [Theory]
    [InlineData(0.9, Ruling.Holds)]
    [InlineData(0.92, Ruling.Holds)]
    [InlineData(0.95, Ruling.CannotTell)]
    [InlineData(0.85, Ruling.CannotTell)]
    [InlineData(0.98, Ruling.DoesNotHold)]
    [InlineData(0.82, Ruling.DoesNotHold)]
    public void Between_two_margins_a_claim_holds_and_on_either_side_it_does_not(double value, Ruling ruling) =>
        Assert.Equal(ruling, Judge(value, Bound.Within(0.05, 0.9)));

    [Fact]
    public void What_is_counted_whole_needs_no_interval_and_a_tie_does_not_win()
    {
        Assert.Equal(Ruling.Holds, Judge(Estimate.Exact(0), Bound.Below(1)));
        Assert.Equal(Ruling.CannotTell, Judge(Estimate.Exact(1), Bound.Below(1)));
        Assert.Equal(Ruling.DoesNotHold, Judge(Estimate.Exact(2), Bound.Below(1)));
    }

    [Fact]
    public void More_seeds_of_the_same_noise_tell_more_and_never_something_else()
    {
        Ruling Of(int seeds, double effect) => Judge(
            Estimate.OverSeeds([.. Enumerable.Range(0, seeds).Select(at => effect + (at % 2 == 0 ? 0.05 : -0.05))]), Bound.Above(0));

        Assert.Equal([Ruling.CannotTell, Ruling.Holds, Ruling.Holds], new[] { 4, 20, 200 }.Select(seeds => Of(seeds, 0.03)));
        Assert.Equal([Ruling.CannotTell, Ruling.DoesNotHold, Ruling.DoesNotHold], new[] { 4, 20, 200 }.Select(seeds => Of(seeds, -0.03)));
        Assert.Equal([Ruling.CannotTell, Ruling.CannotTell, Ruling.CannotTell], new[] { 4, 20, 200 }.Select(seeds => Of(seeds, 0)));
    }

    [Fact]
    public void The_number_of_looks_is_corrected_for()
    {
        // A p-value of .03 is a verdict alone, and none among forty looks at nothing.
        var one = new Claim("x", "", "", null, new(0.5, 0.4, 0.6, "above 0", IsInside: true, 0.03, Trainings: 3));
        var nothing = Enumerable.Range(0, 40).Select(_ => one with { Effect = one.Effect! with { PValue = 0.9 } });

        Assert.Equal((Ruling.Holds, 0.03), Only(Rulings.Decide([one], enough: true)[0]));
        Assert.Equal((Ruling.CannotTell, 0.9), Only(Rulings.Decide([one, .. nothing], enough: true)[0]));

        static (Ruling, double) Only(Claim claim) => (claim.Ruling, Math.Round(claim.Adjusted!.Value, 6));
    }

    [Theory]
    [InlineData(3, true, Ruling.Holds)]
    [InlineData(2, true, Ruling.CannotTell)]
    [InlineData(3, false, Ruling.CannotTell)]
    [InlineData(0, true, Ruling.Holds)]
    public void Below_the_least_evidence_nobody_can_tell(int trainings, bool enough, Ruling ruling) =>
        Assert.Equal(ruling, Rulings.Of(new(1, 1, 1, "above 0", IsInside: true, 0, trainings), 0, enough));

    [Fact]
    public void A_claim_without_an_effect_is_not_judged_and_counts_for_no_look()
    {
        var judged = Rulings.Decide([new("x", "", "", null, null), new("y", "", "", null, new(1, 1, 1, "above 0", true, 0.04, 0))], enough: true);

        Assert.Equal([Ruling.CannotTell, Ruling.Holds], judged.Select(claim => claim.Ruling));
        Assert.Null(judged[0].Adjusted);
    }

    private static Ruling Judge(double share, Bound bound) => Judge(Estimate.Share((long)Math.Round(share * 10_000), 10_000, 3), bound);

    private static Ruling Judge(Estimate estimate, Bound bound)
    {
        var effect = ClaimEffect.Of(estimate, bound);
        return Rulings.Of(effect, effect.PValue, enough: true);
    }
}
