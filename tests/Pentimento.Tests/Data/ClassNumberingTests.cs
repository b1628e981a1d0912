using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Procedures;

namespace Pentimento.Tests.Data;

public sealed class ClassNumberingTests
{
    [Fact]
    public void Sets_of_one_computation_share_one_numbering()
    {
        var sets = ClassNumbering.Together([Named("a", ["cat", "dog"], 0, 1), Named("b", ["cat", "horse"], 0, 1)]);

        Assert.All(sets, set => Assert.Equal(["cat", "dog", "horse"], set.ClassNames));
        Assert.Equal([0, 1], sets[0].Labels);
        Assert.Equal([0, 2], sets[1].Labels);
    }

    [Fact]
    public void Names_and_numbers_are_not_mixed()
    {
        var numbered = new ImageSet("numbered", [0], [1], [], new(1, 1, 1));

        Assert.Contains("names its classes (cat)", Refusal(() => ClassNumbering.Together([Named("a", ["cat"], 0), numbered])));
        Assert.Equal([numbered, numbered], ClassNumbering.Together([numbered, numbered]));
    }

    [Fact]
    public void A_network_is_judged_on_the_classes_that_it_learned_whatever_their_numbers()
    {
        using var scratch = new Scratch();
        var training = TinyProblem.Separable(30).Renumbered([.. Enumerable.Range(0, 30).Select(at => (long)(at % 3))], ["bright", "dark", "grey"]);
        using var network = new Environments([training]).Build(new Cnn3(), "weights", RunContext.OnCpu());
        ModelFile.Write(scratch.At("m.safetensors"), network, "");
        using var back = ModelFile.Read(scratch.At("m.safetensors"));
        // The same images from a folder in which one class is missing: grey is number 1 there.
        var some = training.Pick([.. Enumerable.Range(0, 30).Where(at => at % 3 != 1)]);
        var test = some.Renumbered(Array.ConvertAll(some.Labels, label => label / 2), ["bright", "grey"]);

        Assert.Equal(["bright", "dark", "grey"], back.ClassNames);
        Assert.Equal(SetAccuracy.Of(back, some, RunContext.OnCpu()), SetAccuracy.Of(back, test, RunContext.OnCpu()));
        Assert.Equal(SetEvaluation.Of(back, some, RunContext.OnCpu()).Confusion, SetEvaluation.Of(back, test, RunContext.OnCpu()).Confusion);
    }

    [Fact]
    public void A_class_that_the_network_does_not_have_is_named()
    {
        using var network = TinyProblem.Network();
        network.ClassNames = ["bright", "dark", "grey"];
        var zebras = TinyProblem.Noise(3).Renumbered([0, 0, 1], ["bright", "zebra"]);

        Assert.Contains("the class 'zebra', which the network does not have: bright, dark, "
            + "grey", Refusal(() => SetAccuracy.Of(network, zebras, Run)));
    }

    [Fact]
    public void Two_named_classes_are_not_those_of_a_network_of_three_without_names()
    {
        using var network = TinyProblem.Network();
        var pets = TinyProblem.Noise(3).Renumbered([0, 0, 1], ["cat", "dog"]);

        Assert.Contains("tells 3 classes apart and says no names", Refusal(() => SetEvaluation.Of(network, pets, Run)));
    }

    [Fact]
    public void Procedures_hand_the_names_on()
    {
        var training = TinyProblem.Separable(30).Renumbered([.. Enumerable.Range(0, 30).Select(at => (long)(at % 3))], ["a", "b", "c"]);

        using var trained = new JustTrainTwice { Reference = new EmpiricalRisk() }.Train(
            new Cnn3(), new() { Epochs = 1, Batch = 16 }, new([training.First(30)]), TrainingLog.Empty, Run).Network;

        Assert.Equal(["a", "b", "c"], trained.ClassNames);
    }

    private static readonly RunContext Run = RunContext.OnCpu();

    private static string Refusal(Action work) => Assert.Throws<BadInputException>(work).Message;

    private static ImageSet Named(string name, IReadOnlyList<string> names, params long[] labels) =>
        new(name, new byte[labels.Length], labels, [], new(1, 1, 1)) { ClassNames = names };
}
