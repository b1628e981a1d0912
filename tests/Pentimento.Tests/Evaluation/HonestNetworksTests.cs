using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using Pentimento.Training;

namespace Pentimento.Tests.Evaluation;

/// <summary>Weak networks whose predictions change with the colour, because they learned little: none has a shortcut to be accused of.</summary>
public sealed class HonestNetworksTests
{
    private static readonly RunContext Run = RunContext.OnCpu();
    private static readonly ImageSet Test = Paint("un_0z", Split.Test, 200);

    public static TheoryData<string, string, ulong> Honest => new()
    {
        { "un_0z", "mlp", 1UL },
        { "un_0z", "lenet5", 2UL },
        { "bw_100z", "mlp", 3UL },
        { "bw_100z", "lenet5", 4UL },
    };

    [Theory, MemberData(nameof(Honest))]
    public void No_network_that_learned_without_colours_is_accused(string data, string kind, ulong seed)
    {
        using var network = Train(data, kind, seed);

        Assert.NotEqual(Finding.Shortcut, Audited(network).Finding);
    }

    [Fact]
    public void The_same_network_that_learned_colours_is()
    {
        using var network = Train("rg_100z", "mlp", 1);

        var audited = Audited(network);
        Assert.Equal(Finding.Shortcut, audited.Finding);
        Assert.True(audited.Test!.Followed.Value > 0.5, $"only {audited.Test.Followed.Value} follows.");
    }

    private static Recoloring Audited(Classifier network) =>
        Assert.Single(ColorAudit.Of(network, Test, null, Predictions.Of(network, Test, Run), Run));

    private static Classifier Train(string data, string kind, ulong seed)
    {
        var options = new TrainingOptions
        {
            Network = kind == "mlp" ? new Mlp() : new LeNet5(),
            Epochs = 2,
            Batch = 32,
            Optimizer = new Adam(LearningRate: 0.003),
        };
        return options.Train(new([Paint(data, Split.Train, 400)]), new TrainingLog([]), Run with { Seed = new(seed) }).Network;
    }

    private static ImageSet Paint(string name, Split split, int count) =>
        new Painter(Canvas.Parse(name), Palette.Seed, new(3), ColorPlacement.Stroke).Paint(Digits.Mnist(split), split, count, 1, Run);
}
