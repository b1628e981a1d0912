using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using TorchSharp;

namespace Pentimento.Tests.Training.Procedures;

/// <summary>What every procedure promises. A new one is tested here without a line of its own.</summary>
public sealed class ProcedureContractTests
{
    private static readonly TrainingOptions Options = new() { Optimizer = new Adam(3e-3), Epochs = 2, Batch = 24 };

    public static TheoryData<Procedure> Everyone => [.. Catalog.Defaults<Procedure>()];

    [Theory, MemberData(nameof(Everyone))]
    public void It_returns_a_network_in_evaluation_mode_and_a_record_of_each_epoch(Procedure procedure)
    {
        var (network, history) = Train(procedure, 1);
        using var _ = network;

        Assert.False(network.training);
        Assert.Null(network.DropoutGenerator);
        Assert.Equal(new Cnn3(), network.Architecture);
        Assert.Equal(Enumerable.Range(1, history.Count), history.Select(epoch => epoch.Epoch));
        Assert.All(history, epoch => Assert.Single(epoch.Evaluations));
        Assert.Contains("conv1.weight", Weights.Of(network).Keys);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void The_same_seed_gives_the_same_network_and_another_does_not(Procedure procedure)
    {
        Assert.Equal(Values(procedure, 1), Values(procedure, 1));
        Assert.NotEqual(Values(procedure, 1), Values(procedure, 2));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Interrupted_it_resumes_to_the_same_network(Procedure procedure)
    {
        var whole = Values(procedure, 1);
        foreach (var stop in new[] { 2, 6, 9 })
        {
            using var scratch = new Scratch();
            using var heard = new Heard(Counter(stop));
            try
            {
                Values(procedure, 1, scratch.Folder, heard);
            }
            catch (OperationCanceledException)
            {
                // It stopped where it was cancelled; a short procedure is over by then.
            }

            Assert.Equal(whole, Values(procedure, 1, scratch.Folder));
        }
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_leaves_nothing_but_its_networks_behind(Procedure procedure)
    {
        var one = Left(() => new Cnn3().Build(TinyProblem.Shape, 3, new(1)).Dispose());

        var left = Left(() => Values(procedure, 1));

        // One network, or several.
        Assert.Contains(left, Enumerable.Range(1, 5).Select(networks => networks * one));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void What_it_last_measured_is_what_the_network_predicts(Procedure procedure)
    {
        var log = new TrainingLog([TinyProblem.Separable(9)]);

        using var network = procedure.Train(new Cnn3(), Options, new([Colored()]), log, RunContext.OnCpu(1)).Network;

        using var logits = Predictor.Logits(network, log.Evaluate[0], RunContext.OnCpu());
        if (log.Logits.Of(network) is { } kept) Assert.Equal(logits.data<float>().ToArray(), kept[0]);
    }

    private static long Left(Action work)
    {
        work();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        work();
        return DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
    }

    private static Func<Progress, bool> Counter(int stop)
    {
        var trained = 0;
        return tick => tick.Stage == "train" && ++trained == stop;
    }

    private static List<float> Values(Procedure procedure, ulong seed, string? folder = null, Heard? heard = null)
    {
        var (network, _) = Train(procedure, seed, folder, heard);
        using (network) return [.. Weights.Of(network).Values.SelectMany(array => (float[])array.Data)];
    }

    private static (Classifier Network, IReadOnlyList<EpochRecord> History) Train(
        Procedure procedure,
        ulong seed,
        string? folder = null,
        Heard? heard = null)
    {
        var trained = procedure.Train(
            new Cnn3(),
            Options,
            new([Colored()]),
            new([TinyProblem.Separable(9)]) { Folder = folder },
            heard?.Run(seed) ?? RunContext.OnCpu(seed));
        return (trained.Network, trained.History);
    }

    /// <summary>On noise a network is right here and wrong there, so that every first stage finds something.</summary>
    private static ImageSet Colored()
    {
        var set = TinyProblem.Noise(90);
        return new("noise", set.Pixels.ToArray(), set.Labels, [.. set.Labels.Select((label, at) => at % 4 == 0 ? 2 - label : label)], set.Shape);
    }
}
