using Pentimento.Checks;
using Pentimento.Data;

namespace Pentimento.Tests.Checks;

public sealed class CheckGroupsTests
{
    private static readonly ImageSet Set = new("birds", new byte[4], [1, 0, 1, 1], [], new(1, 1, 1))
    {
        ClassNames = ["land", "water"],
        Attributes = new Dictionary<string, long[]> { ["place"] = [0, 1, 1, 0] },
        ValueNames = new Dictionary<string, IReadOnlyList<string>> { ["place"] = ["forest", "sea"] },
    };

    [Fact]
    public void Classes_are_called_by_their_names() =>
        Assert.Equal(["land: 1", "water: 0 2 3"], CheckGroups.By(Set).Select(Written));

    [Fact]
    public void Groups_are_classes_with_the_values_of_an_attribute() =>
        Assert.Equal(["land/sea: 1", "water/forest: 0 3", "water/sea: 2"], CheckGroups.By(Set, "place").Select(Written));

    private static string Written(CheckGroup group) => $"{group.Name}: {string.Join(' ', group.Places)}";
}
