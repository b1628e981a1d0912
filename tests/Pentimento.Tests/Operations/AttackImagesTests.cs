using Pentimento.Attacks;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class AttackImagesTests
{
    private static readonly AttackImages Sevens = new()
    {
        Model = SmallOperations.Weights,
        Network = new Cnn3(),
        Data = SmallOperations.Data,
        Attack = new Fgsm(0.05),
        Source = 7,
        Target = Criterion.Of(3),
    };

    [Fact]
    public void Only_the_source_is_attacked_and_only_what_was_correct_counts()
    {
        var result = Sevens.Run(RunContext.OnCpu());

        // The fixture has 40 sevens, of which the reference predicts 38 correctly.
        Assert.Equal((40, 38, 7, 3), (result.Attacked, result.Count, result.Source, result.Target));
        Assert.Equal(Criterion.Of(3), result.Criterion);
        Assert.Null(result.Samples);
    }

    [Fact]
    public void The_images_of_a_drawing_are_correct_before_and_fooled_ones_first()
    {
        var result = (Sevens with
        {
            Attack = new Fgsm(0.3),
            Source = null,
            Target = Criterion.Any,
            Limit = 40,
            Out = "attack.png"
        }).Run(RunContext.OnCpu());

        var samples = result.Samples!;
        Assert.Equal(10, samples.Images.Count);
        Assert.Equal(samples.Images.Labels, samples.Before);
        Assert.All(samples.After.Zip(samples.Before), pair => Assert.NotEqual(pair.Second, pair.First));
        Assert.All(samples.GradientBefore, map => Assert.Equal(28 * 28, map.Length));
    }

    [Fact]
    public void A_network_without_maps_is_drawn_with_its_gradient_times_the_image()
    {
        using var scratch = new Scratch();
        using (var network = new Mlp("8").Build(new(28, 28, 3), 10, new(1))) ModelFile.Write(scratch.At("mlp.safetensors"), network, "");
        var untrained = Sevens with
        {
            Model = scratch.At("mlp.safetensors"),
            Network = null,
            Source = null,
            Target = Criterion.Any,
            Out = "attack.png"
        };

        Assert.NotEmpty(untrained.Run(RunContext.OnCpu()).Samples!.EvidenceBefore);
    }

    [Fact]
    public void Where_nothing_can_be_fooled_there_is_nothing_to_draw() =>
        Assert.Contains(
            "nothing to draw",
            Assert.Throws<BadInputException>(() => (Sevens with { Target = Criterion.Of(7), Out = "attack.png" }).Run(RunContext.OnCpu())).Message,
            StringComparison.Ordinal);
}
