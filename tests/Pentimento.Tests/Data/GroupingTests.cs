using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class GroupingTests
{
    private static readonly ImageSet Birds = new("birds", new byte[4], [1, 0, 1, 1], [], new(1, 1, 1))
    {
        Attributes = new Dictionary<string, long[]> { ["place"] = [0, 1, 0, 1] },
        ClassNames = ["landbird", "waterbird"],
        ValueNames = new Dictionary<string, IReadOnlyList<string>> { ["place"] = ["land", "water"] },
    };

    [Fact]
    public void Groups_are_a_class_and_its_values_in_order()
    {
        var grouping = new Grouping(Birds, ["place"]);

        Assert.Equal(
            ["landbird, place=water", "waterbird, place=land", "waterbird, place=water"], grouping.Groups.Select(group => group.In(["place"])));
        Assert.Equal([1, 0, 1, 2], grouping.GroupOf);
        Assert.Equal([1, 2, 1], grouping.Counts);
    }

    [Fact]
    public void Groups_that_could_be_but_are_not_are_named_those_of_other_sets_too()
    {
        var other = new ImageSet("sea", new byte[1], [0], [], new(1, 1, 1))
        {
            Attributes = new Dictionary<string, long[]> { ["place"] = [0] },
            ClassNames = ["seabird"],
            ValueNames = new Dictionary<string, IReadOnlyList<string>> { ["place"] = ["sea"] },
        };

        Assert.Equal(["landbird, place=land"], Named(new Grouping(Birds, ["place"]).Empty()));
        Assert.Equal(
            [
                "landbird, place=land", "landbird, place=sea", "seabird, place=land", "seabird, place=sea", "seabird, place=water",
                "waterbird, place=sea",
            ],
            Named(new Grouping(Birds, ["place"]).Empty(new Grouping(other, ["place"]))).Order(StringComparer.Ordinal));

        IEnumerable<string> Named(IReadOnlyList<ImageGroup> groups) => groups.Select(group => group.In(["place"]));
    }

    [Fact]
    public void More_groups_than_anybody_could_read_are_refused()
    {
        var many = new ImageSet("many", new byte[400], [.. Enumerable.Range(0, 400)], [], new(1, 1, 1))
        {
            Attributes = new Dictionary<string, long[]> { ["at"] = [.. Enumerable.Range(0, 400)] },
        };

        Assert.Contains("fewer attributes", Assert.Throws<BadInputException>(() => new Grouping(many, ["at"]).Empty()).Message);
    }
}
