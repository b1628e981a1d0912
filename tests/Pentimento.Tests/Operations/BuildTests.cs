using Pentimento.Experiments;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class BuildTests
{
    private static readonly RunContext Run = RunContext.OnCpu(seed: 3);

    [Fact]
    public void What_was_built_is_described_and_converted()
    {
        using var scratch = new Scratch();

        var built = new Build { Names = ["RG_100z"], Limit = 40, Out = scratch.Folder }.Run(Run);
        var info = new Info { File = built.Datasets[0].Folder }.Run(Run);
        var converted = new ConvertFiles { From = scratch.At("rg_100z/test_data.npz"), To = scratch.At("pictures") }.Run(Run);

        Assert.Equal(("rg_100z", 40, 40), (built.Datasets[0].Name, built.Datasets[0].Train, built.Datasets[0].Test));
        Assert.Equal((InfoKind.Dataset, 40, "28x28x3"), (info.Kind, info.Test!.Count, info.Test.Shape));
        Assert.Equal(40, info.Test.PerClass.Values.Sum());
        // Each digit has its own colour, so that one decides the other.
        Assert.Equal(1, info.Test.Dependence["colors"].CramersV, 6);
        Assert.Equal(1, info.Test.Dependence["colors"].ShareOfLabelEntropy, 6);
        Assert.Equal(40, Directory.GetFiles(converted.File, "*.png", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Nothing_to_build_is_wrong_usage()
    {
        Assert.Throws<WrongUsageException>(() => new Build().Execute(Run));
        Assert.Throws<WrongUsageException>(() =>
            new Build { Presets = [new Pentimento.Painting.Presets.Rebias(), new Pentimento.Painting.Presets.Rebias(Rho: 0.99)] }.Execute(Run));
    }

    [Fact]
    public void A_sheet_by_an_attribute_that_is_not_there_is_refused()
    {
        using var scratch = new Scratch();
        var place = new Build { Names = ["rg_95z"], Limit = 5, Out = scratch.Folder }.Run(Run).Datasets[0].Folder;

        Assert.Throws<BadInputException>(() => new Show { Data = place, By = "weather" }.Run(Run));
        Assert.Equal(5, new Show { Data = place, By = "colors" }.Run(Run).Images!.Count);
    }
}
