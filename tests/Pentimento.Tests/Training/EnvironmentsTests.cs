using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Procedures;

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
            Assert.Throws<BadInputException>(() => Environments.ByAttribute(TinyProblem.Noise(7), "lables")).Message);
        Assert.Contains("one value only", Assert.Throws<BadInputException>(() => Environments.ByAttribute(TinyProblem.Noise(1), "labels")).Message);
    }

    [Fact]
    public void Every_class_is_held_out_and_the_same_places_of_sets_of_the_same_labels()
    {
        var sorted = new ImageSet("sorted", new byte[60], [.. Enumerable.Range(0, 60).Select(at => (long)(at / 20))], [], new(1, 1, 1));
        var placed = sorted.With("place", [.. Enumerable.Range(0, 60).Select(at => (long)at)]);

        var (learned, held) = new Environments([placed, placed]).HoldOut(0.1, new(3));

        Assert.Equal([0, 0, 1, 1, 2, 2], held[0].Labels);
        Assert.Equal(held[0].AttributeOf("place"), held[1].AttributeOf("place"));
        Assert.Equal(Enumerable.Range(0, 60).Select(at => (long)at),
            held[0].AttributeOf("place").Concat(learned.Sets[0].AttributeOf("place")).Order());
    }

    [Theory]
    [InlineData("v-rex")]
    [InlineData("irm")]
    [InlineData("group-dro")]
    [InlineData("fishr")]
    public void An_objective_that_compares_environments_needs_two(string objective)
    {
        var options = new TrainingOptions { Epochs = 1, Objective = Catalog.Read<Objective>(objective) };
        using var heard = new Heard();

        Assert.All(
            [new SingleStage(), new JustTrainTwice(), (Procedure)new ShortcutPrior()],
            procedure => Assert.StartsWith(
                $"{objective} compares environments, and there is one only",
                Assert.Throws<BadInputException>(() =>
                    procedure.Train(new Cnn3(), options, new([TinyProblem.Noise(6)]), TrainingLog.Empty, heard.Run())).Message,
                StringComparison.Ordinal));
        Assert.Empty(heard.Ticks);
    }

    [Fact]
    public void Two_trainings_do_not_write_into_one_folder()
    {
        using var scratch = new Scratch();
        var logbook = new TrainingLog([]) { Folder = scratch.Folder };
        using var other = FileLock.Try($"{logbook.Checkpoint}.lock");

        Assert.Contains(
            "Another training is at work on",
            Assert.Throws<BadInputException>(() =>
                new SingleStage().Train(new Cnn3(), new() { Epochs = 1 }, new([TinyProblem.Noise(6)]), logbook, RunContext.OnCpu())).Message);
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
