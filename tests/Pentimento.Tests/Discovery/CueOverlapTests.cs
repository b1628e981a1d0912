using Pentimento.Discovery;

namespace Pentimento.Tests.Discovery;

public sealed class CueOverlapTests
{
    [Theory]
    [InlineData("cell:grid=4,row=0,column=0", "cell:grid=4,row=0,column=0", 1)]
    [InlineData("cell:grid=4,row=0,column=0", "border:width=3", 1)]
    [InlineData("cell:grid=4,row=0,column=0", "cell:grid=4,row=3,column=3", 0)]
    // Of the border's twelve by twelve pixels without its middle, 108, the two corners that differ are 9 each.
    [InlineData("border:width=3", "cell:grid=4,row=0,column=0", 0.5)]
    public void It_is_the_part_of_a_cues_numbers_that_goes_to_the_donors_with_another(string read, string exchanged, double part)
    {
        using var network = CornerReader.Network(1);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(90, corners: 2), RunContext.OnCpu());
        var plan = new CueSearch([read], 60).PlanFor(subject, new(1));

        Assert.Equal(part, CueOverlap.Of(subject, read, exchanged, plan), 0.1);
    }
}
