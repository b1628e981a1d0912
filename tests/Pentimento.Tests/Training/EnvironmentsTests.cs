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
        Assert.Contains(
            "noise holds images of 8x8x1, oracle of 28x28x3",
            Assert.Throws<BadInputException>(() => new Environments([TinyProblem.Noise(4), Oracle.Images]).Shape).Message);

    [Fact]
    public void A_set_without_images_is_refused() =>
        Assert.Contains(
            "The environment none holds no images",
            Assert
                .Throws<BadInputException>(() => new Environments([TinyProblem.Noise(4), new ImageSet("none", [], [], [], TinyProblem.Shape)]).Shape)
                .Message);

    [Fact]
    public void An_attribute_cuts_a_set_into_one_environment_a_value()
    {
        var environments = Environments.ByAttribute(TinyProblem.Noise(7), "labels");

        Assert.Equal([3, 2, 2], environments.Sets.Select(set => set.Count));
        Assert.All(environments.Sets[1].Labels, label => Assert.Equal(1, label));
        Assert.Contains(
            "did you mean 'labels'",
            Assert.Throws<BadInputException>(() => Environments.ByAttribute(TinyProblem.Noise(7), "label")).Message);
        Assert.Contains("one value only", Assert.Throws<BadInputException>(() => Environments.ByAttribute(TinyProblem.Noise(1), "labels")).Message);
    }

    [Fact]
    public void A_file_of_places_cuts_a_set_into_one_environment_an_array()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("places.npz"), [new("b", new(new[] { 1L }, 1)), new("a", new(new[] { 4L, 2 }, 2))]);
        Npz.Write(scratch.At("outside.npz"), [new("a", new(new[] { 0L }, 1)), new("b", new(new[] { 7L }, 1))]);

        var environments = Environments.ByFile(TinyProblem.Noise(7), scratch.At("places.npz"));

        Assert.Equal([1, 2], environments.Sets[0].Labels);
        Assert.Equal([1], environments.Sets[1].Labels);
        Assert.Contains(
            "place 7 is outside the 7 images",
            Assert.Throws<BadInputException>(() => Environments.ByFile(TinyProblem.Noise(7), scratch.At("outside.npz"))).Message);
    }
}
