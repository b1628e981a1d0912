using Pentimento.Painting;
using Pentimento.Painting.Objects;

namespace Pentimento.Tests.Painting.Objects;

public sealed class ObjectCanvasTests
{
    [Theory]
    [InlineData("objects_95", 0.95, false, "objects_95")]
    [InlineData("OBJECTS_Rev99.5", 0.995, true, "objects_rev99.5")]
    [InlineData("objects50", 0.5, false, "objects_50")]
    [InlineData("objects_rev_095.50", 0.955, true, "objects_rev95.5")]
    public void Names_follow_the_grammar(string name, double bias, bool isReversed, string usual)
    {
        var canvas = ObjectCanvas.Parse(name);

        Assert.Equal((bias, isReversed, usual), (canvas.Bias, canvas.IsReversed, canvas.ToString()));
        Assert.Equal(canvas, ObjectCanvas.Parse(canvas.ToString()));
        // A name means one kind of set.
        Assert.False(Canvas.MatchesGrammar(name));
    }

    [Theory]
    [InlineData("objects_101", "101 percent is more than all")]
    [InlineData("objects_", "is no name of a set of objects; expected objects_PERCENT")]
    [InlineData("objects_95z", "is no name of a set of objects")]
    [InlineData("objects_-5", "is no name of a set of objects")]
    [InlineData("objects_95\n", "is no name of a set of objects")]
    [InlineData("objects_٩٥", "is no name of a set of objects")]
    [InlineData("rg_95z", "is no name of a set of objects")]
    public void Other_names_are_refused_with_the_reason(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<BadInputException>(() => ObjectCanvas.Parse(name)).Message);

    [Fact]
    public void Nature_is_on_green_and_travel_on_blue_unless_reversed()
    {
        Assert.Equal([0, 1], new long[] { 0, 1 }.Select(ObjectCanvas.Parse("objects_95").Dominant));
        Assert.Equal([1, 0], new long[] { 0, 1 }.Select(ObjectCanvas.Parse("objects_rev95").Dominant));
        Assert.Equal(("nature", "green"), (ObjectAtlas.ClassNames[0], ObjectAtlas.Names["ground"][0]));
    }
}
