using Pentimento.Attribution;
using Pentimento.Attribution.SanityChecks;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class TrustTests
{
    private static readonly Trust Small = new()
    {
        Models = [SmallOperations.Weights],
        Network = new Cnn3(),
        Data = SmallOperations.Data,
        Limit = 3,
        Methods = [new GradCam(), new InputGradient()],
    };

    [Fact]
    public void Each_network_has_its_checks_and_the_verdicts_that_follow_from_them()
    {
        var result = (Small with { Models = [$"one={SmallOperations.Weights}", $"two={SmallOperations.Weights}"] }).Run(RunContext.OnCpu());

        Assert.Equal(["one", "two"], result.Networks.Select(report => report.Network));
        Assert.Equal(result.Networks.Select(SanityCheckVerdicts.Of), result.Verdicts);
        Assert.Equal(Small.Methods, result.Networks[0].Methods);
    }

    [Fact]
    public void Methods_that_need_maps_fall_back_where_a_network_has_none()
    {
        using var scratch = new Scratch();
        using (var network = new Mlp("8").Build(new(28, 28, 3), 10, new(1))) ModelFile.Write(scratch.At("mlp.safetensors"), network, "");

        var result = (Small with { Models = [scratch.At("mlp.safetensors")], Network = null, Methods = [], Limit = 2 }).Run(RunContext.OnCpu());

        Assert.Equal(4, result.Networks[0].Methods.Count);
        Assert.Contains(new GradientTimesInput(), result.Networks[0].Methods);
    }
}
