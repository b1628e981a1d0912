using Pentimento.Attacks;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class CompareTests
{
    private static readonly Compare Twice = new()
    {
        Models = [$"one={SmallOperations.Weights}", $"two={SmallOperations.Weights}"],
        Network = new Cnn3(),
        Data = SmallOperations.Data,
        Limit = 12,
        Attacks = [new Fgsm(0.05), new DeepFool(Steps: 3)],
        Targets = [new(null, Criterion.Any), new(7, Criterion.Of(3))],
    };

    [Fact]
    public void A_network_beside_itself_has_the_same_rates_in_common_as_alone()
    {
        var result = Twice.Run(RunContext.OnCpu());

        Assert.Equal(["one", "two", "one", "two"], result.Rows.Take(4).Select(row => row.Network));
        Assert.All(result.Rows, row => Assert.Equal((row.Result.Count, row.Result.SuccessRate), (row.CommonCount, row.CommonRate)));
        Assert.All(result.Rows, row => Assert.Null(row.Published));
        Assert.Empty(result.Files);
    }

    [Fact]
    public void The_pictures_that_will_be_drawn_are_named_and_share_their_images()
    {
        var result = (Twice with { Attacks = [new Fgsm(0.3)], Targets = [new(null, Criterion.Any)], Out = "pictures" }).Run(RunContext.OnCpu());

        Assert.Equal(["changes-fgsm-any.png", "gradients-fgsm-any.png"], result.Files.Select(file => Path.GetFileName(file)));
        Assert.Equal(2, result.Samples.Count);
        Assert.Equal(result.Samples[0].Images.Pixels.ToArray(), result.Samples[1].Images.Pixels.ToArray());
    }

    [Fact]
    public void Two_networks_of_one_name_are_refused_before_any_work()
    {
        var same = Twice with { Models = ["a/lazy.safetensors", "b/lazy.safetensors"] };

        Assert.Contains("first=a/lazy.safetensors", Assert.Throws<BadInputException>(same.Check).Message, StringComparison.Ordinal);
    }
}
