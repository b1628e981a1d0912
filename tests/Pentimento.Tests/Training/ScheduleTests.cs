using Pentimento.Training;

namespace Pentimento.Tests.Training;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData(0, 1 / 25.0)]
    [InlineData(0.15, (1 + (1 / 25.0)) / 2)]
    [InlineData(0.3, 1)]
    [InlineData(0.65, 0.500002)]
    [InlineData(1, 1e-4 / 25)]
    public void One_cycle_rises_for_three_tenths_and_falls_to_almost_nothing(double progress, double share) =>
        Assert.Equal(share, new OneCycle().At(progress), 1e-9);

    [Fact]
    public void One_cycle_has_no_jump_and_no_second_peak()
    {
        var shares = Enumerable.Range(0, 1001).Select(at => new OneCycle().At(at / 1000.0)).ToArray();

        Assert.Equal(300, Array.IndexOf(shares, shares.Max()));
        // The steepest slope is that of the rise: (1 - 1/25) π / 2 over three tenths.
        Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.0051));
    }

    [Fact]
    public void A_constant_is_constant() => Assert.All(new[] { 0, 0.5, 1 }, progress => Assert.Equal(1, new Constant().At(progress)));
}
