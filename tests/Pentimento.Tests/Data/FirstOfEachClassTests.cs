using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Data;

public sealed class FirstOfEachClassTests
{
    private static readonly ImageSet Set = new("set", new byte[5], [1, 0, 1, 0, 1], [1, 0, 0, 1, 1], new(1, 1, 1));

    [Fact]
    public void The_first_images_of_each_class_stand_class_by_class()
    {
        Assert.Equal([1, 0], Set.FirstOfEachClass());
        Assert.Equal([1, 3, 0, 2], Set.FirstOfEachClass(2));
        Assert.Equal([1, 3, 0, 2, 4], Set.FirstOfEachClass(9));
    }

    [Fact]
    public void The_dominant_colour_is_the_digits_own_or_that_of_its_pair()
    {
        Assert.Equal(3, Canvas.Parse("rg_95z").CountBiasAligned(Set));
        Assert.Equal(2, Canvas.Parse("gr_95z").CountBiasAligned(Set));
    }
}
