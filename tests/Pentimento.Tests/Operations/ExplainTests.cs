using Pentimento.Attribution;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class ExplainTests
{
    private static readonly Explain Small = new()
    {
        Models = [$"mine={SmallOperations.Weights}"],
        Network = new Cnn3(),
        Data = SmallOperations.Data,
        Limit = 20,
    };

    [Fact]
    public void Its_focus_is_that_of_the_methods_own_maps()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var network = Oracle.Network();
        var (set, run) = (Oracle.Images.Take(20), RunContext.OnCpu());
        var predicted = Predictor.Classes(network, set, run);
        var maps = new HiResCam().ExplainSet(network, set, predicted, "relu3", run);

        var result = (Small with { Methods = [new HiResCam()] }).Run(run);

        Assert.Equal(EvidenceLocalization.Of(AttributionMethod.Evidence(maps, set.Shape), set, predicted), result.Focus);
        Assert.Equal(("mine", "relu3"), (result.Explanations[0].Network, result.Layer));
    }

    [Fact]
    public void Maps_are_kept_for_a_drawing_only_where_one_is_wanted()
    {
        Assert.Empty(Small.Run(RunContext.OnCpu()).Samples);

        var sample = Assert.Single((Small with { Out = "maps.png" }).Run(RunContext.OnCpu()).Samples);
        Assert.Equal(sample.Images.Labels.Distinct(), sample.Images.Labels);
        Assert.All(sample.Maps, map => Assert.All(map, value => Assert.True(value >= 0)));

        // Evidence against the class is kept where it is to be drawn too.
        sample = Assert.Single((Small with { Out = "maps.png", Signed = true }).Run(RunContext.OnCpu()).Samples);
        Assert.Contains(sample.Maps, map => map.Any(value => value < 0));
    }

    [Fact]
    public void Cases_are_looked_for_among_all_images()
    {
        var sample = Assert.Single((Small with { Out = "cases.png", Cases = true }).Run(RunContext.OnCpu()).Samples);

        Assert.Equal((20, 20), (sample.Images.Count, sample.Outside.Length));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused_before_any_work()
    {
        Assert.Throws<BadInputException>((Small with { Signed = true, Cases = true }).Check);
        Assert.Throws<BadInputException>((Small with { Save = "maps.npz", Models = ["a.npz", "b.npz"] }).Check);
        Assert.Throws<BadInputException>((Small with { Save = "maps.npz", Methods = [new GradCam(), new EigenCam()] }).Check);
    }

    [Theory]
    [InlineData("predicted")]
    [InlineData("true")]
    [InlineData("9")]
    public void The_class_explained_reads_back(string text) => Assert.Equal(text, $"{ExplainedClass.Parse(text.ToUpperInvariant())}");

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("nine")]
    public void Nonsense_is_no_class(string text) => Assert.Throws<BadInputException>(() => ExplainedClass.Parse(text));

    [Fact]
    public void The_class_explained_is_the_predicted_the_true_or_one_for_all()
    {
        using var network = TinyProblem.Network();
        var set = TinyProblem.Noise(3);
        long[] predicted = [2, 2, 1];

        Assert.Equal(predicted, ExplainedClass.Predicted.Of(network, set, predicted));
        Assert.Equal([0, 1, 2], ExplainedClass.True.Of(network, set, predicted));
        Assert.Equal([1, 1, 1], ExplainedClass.Parse("1").Of(network, set, predicted));
        Assert.Contains(
            "a class from 0 to 2", Assert.Throws<BadInputException>(() => ExplainedClass.Parse("3").Of(network, set, predicted)).Message);
    }
}
