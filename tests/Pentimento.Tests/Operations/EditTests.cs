using Pentimento.Data;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class EditTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Fact]
    public void Units_and_steered_features_are_read_from_text()
    {
        Assert.Equal(UnitChoice.Auto, UnitChoice.Parse("AUTO"));
        Assert.Equal([3, 17], UnitChoice.Parse("3, 17").Numbers);
        Assert.Equal("3,17", UnitChoice.Parse("3,17").ToString());
        Assert.NotEqual(UnitChoice.Parse("3"), UnitChoice.Parse("4"));
        Assert.Equal(new(12, -4.5), SteeredFeature.Parse("12=-4.5"));
        Assert.All(["x", "-1", "1;2"], text => Assert.Throws<BadInputException>(() => UnitChoice.Parse(text)));
        Assert.All(["x", "1", "1=nan", "1=2=3", "=2"], text => Assert.Throws<BadInputException>(() => SteeredFeature.Parse(text)));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused_before_any_file_is_read()
    {
        var edit = new Edit { Model = "nowhere.safetensors" };

        Assert.All(
            [
                (edit with { Ablate = UnitChoice.Auto }, "--ablate needs --autoencoder"),
                (edit with { Neurons = UnitChoice.Auto, Autoencoder = "f" }, "operate twice"),
                (edit with { Steering = "s.png" }, "--steering needs --steer"),
                (edit with { Autoencoder = "f", Ablate = UnitChoice.Auto, Curve = "c.png", Evaluate = ["rg_95z"] }, "two sets to --evaluate"),
            ],
            refused => Assert.Contains(
                refused.Item2, Assert.Throws<BadInputException>(() => refused.Item1.Execute(Run)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Ablating_all_neurons_leaves_the_bias_alone_to_predict()
    {
        // With fc1 at 0 the logits are the last layer's bias, the same for every image.
        var weights = Oracle.At("weights.npz");
        var edit = new Edit
        {
            Model = weights,
            Network = new Pentimento.Networks.Cnn3(),
            Neurons = new([.. Enumerable.Range(0, 128)]),
            Evaluate = [Oracle.At("images.npz")],
        };
        var bias = (float[])Npz.Read(weights).Single(array => array.Value.Shape is [10]).Value.Data;

        var result = edit.Run(Run);

        var predicted = Array.IndexOf(bias, bias.Max());
        Assert.All(result.After[0].Confusion, row => Assert.Equal(row.Sum(), row[predicted]));
        Assert.Equal(215 / 256.0, result.Before[0].Accuracy, 9);
    }
}
