using Pentimento.Evaluation;
using Pentimento.Operations;
using Pentimento.Tests.Discovery;

namespace Pentimento.Tests.Operations;

/// <summary>The audit of one cue.</summary>
public sealed class CueAuditTests
{
    private const string Corner = "cell:grid=4,row=0,column=0";

    [Fact]
    public void A_corner_that_is_read_is_a_shortcut_with_its_numbers()
    {
        var audit = Of(2, Corner);

        Assert.Equal(Finding.Shortcut, audit.Finding);
        Assert.StartsWith("It takes a shortcut: cell (the top left corner, 1/4 of each side).", audit.Verdict, StringComparison.Ordinal);
        // The corner outweighs the bars: a donor drawn at random has another class's colour two times in three.
        Assert.InRange(audit.FlipRate, 0.55, 0.75);
        Assert.True(audit.Low < audit.FlipRate && audit.FlipRate < audit.High);
        Assert.InRange(audit.Followed!.Value, 0.95, 1);
        Assert.InRange(audit.Control!.High, -1, 0.05);
        Assert.Equal([0L, 1, 2], audit.PerClass.Select(one => one.Class));
        Assert.All(audit.PerClass, one => Assert.True(one.Reliable && one.Low > 0.9));
    }

    [Fact]
    public void A_corner_that_is_not_read_is_none_and_has_its_control_all_the_same()
    {
        var audit = Of(0, Corner);

        Assert.Equal(Finding.None, audit.Finding);
        Assert.Equal(0, audit.FlipRate);
        Assert.StartsWith("It takes no shortcut by cell", audit.Verdict, StringComparison.Ordinal);
        Assert.NotNull(audit.Control);
    }

    [Fact]
    public void Pictures_of_swaps_are_there_where_they_are_wanted()
    {
        using var network = CornerReader.Network(2);
        var set = CornerReader.Images(90);

        var drawn = CueAudit.Of(Corner, network, set, true, RunContext.OnCpu(1));

        Assert.NotNull(drawn.Set);
        // Of the swaps that are shown those come first that the prediction follows, and the changed corner is the donor's.
        var first = drawn.Suspect!.Samples[0];
        Assert.Equal(first.PredictedDonor, first.PredictedAfter);
        Assert.Equal(set.PixelsOf(first.Donor)[0] / 255f, first.After[0], 1e-5);
        Assert.Null(Of(2, Corner).Set);
    }

    private static AuditResult Of(double weight, string cue)
    {
        using var network = CornerReader.Network(weight);
        return CueAudit.Of(cue, network, CornerReader.Images(300), false, RunContext.OnCpu(1));
    }
}
