using Pentimento.Data;
using Pentimento.Training;

namespace Pentimento.Tests.Training;

public sealed class EnvironmentsTests
{
    [Fact]
    public void Images_and_classes_are_counted_over_all_sets()
    {
        var environments = new Environments([TinyProblem.Noise(4), TinyProblem.Noise(2)]);

        Assert.Equal((6, 3, TinyProblem.Shape), (environments.Count, environments.Classes, environments.Shape));
    }

    [Fact]
    public void Sets_that_differ_in_size_are_refused() =>
        Assert.Contains("noise holds images of 8x8x1, oracle of 28x28x3", Assert.Throws<BadInputException>(() => new Environments([TinyProblem.Noise(4), Oracle.Images]).Shape).Message);

    [Fact]
    public void A_set_without_images_is_refused() =>
        Assert.Contains("The environment none holds no images", Assert.Throws<BadInputException>(() => new Environments([TinyProblem.Noise(4), new ImageSet("none", [], [], [], TinyProblem.Shape)]).Shape).Message);
}
