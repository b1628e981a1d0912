using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Tests.Discovery;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Experiments;

public sealed class FineTuneMethodTests
{
    [Theory]
    [InlineData("fine-tune")]
    [InlineData("cue-swap")]
    public void Images_are_augmented_as_the_user_says_after_their_cue_was_swapped(string method)
    {
        using var scope = NewDisposeScope();
        using var network = FineTuneRepairTests.Network(weight: 2);
        var counted = new Counted();
        var options = new TrainingOptions { Epochs = 2, Batch = 20, Augment = counted };

        FineTuneMethod.All.Single(one => one.Name == method).Apply(
            network, new(CornerReader.Images(60), options, new Mlp()) { Cue = "cell:grid=4,row=0,column=0" }, RunContext.OnCpu(1));

        Assert.Equal(6, counted.Contradicting.Count);
        // Each third of 60 images has two with another class's corner; of swapped ones two in three have.
        Assert.InRange(counted.Contradicting.Sum(), method == "cue-swap" ? 50 : 12, method == "cue-swap" ? 110 : 12);
    }

    [Theory]
    [InlineData(2400, false, "cue-swap")]
    [InlineData(600, true, null)] // Images that contradict the corner teach plain fine-tuning as much.
    public void An_undecided_corner_is_proven_by_what_taking_it_away_wins_beyond_plain_fine_tuning(int count, bool contradicted, string? recommended)
    {
        using var scratch = new Scratch();
        var options = new TrainingOptions { Batch = 16, Optimizer = "adam:learning-rate=0.002" };
        var repair = new FineTuneRepair(options) { Methods = ["cue-swap"], Seeds = 1, Epochs = 1, HoldOut = 0.4, Begin = new Mlp("6") };
        var all = CornerReader.Images(count);
        var images = contradicted ? all : all.Pick([.. Enumerable.Range(0, all.Count).Where(at => at / CornerReader.Classes % 10 != 0)]);

        // Noise decides whether a corner outweighs a bar: in one image of seven it does.
        var result = repair.Run(() => FineTuneRepairTests.Network(weight: 0.98), [images], [], scratch.At("net.safetensors"), RunContext.OnCpu());

        Assert.StartsWith("Whether it takes a shortcut is undecided: cell", result.Verdict, StringComparison.Ordinal);
        Assert.Equal(recommended is not null, result.Verdict.Contains("It relies on a shortcut", StringComparison.Ordinal));
        Assert.Equal((recommended is null ? Finding.Undecided : Finding.Shortcut, recommended), (result.Finding, result.Recommended));
    }

    /// <summary>Changes nothing, and counts in each batch the images whose corner is another class's than their bar.</summary>
    private sealed record Counted : Augmentation
    {
        public List<long> Contradicting { get; } = [];

        public override Supervision RequiredSupervision => Supervision.Nothing;

        internal override Tensor Apply(Tensor images, Seed seed)
        {
            using var scope = NewDisposeScope();
            var corner = images.slice(2, 0, 3, 1).slice(3, 0, 3, 1).mean([2, 3]).argmax(1);
            var rows = images.slice(2, 4, 8, 1).mean([1, 2]);
            var bars = stack([.. Enumerable.Range(0, CornerReader.Classes).Select(at => rows.select(1, 4 + (2 * at)))], 1);
            Contradicting.Add(corner.ne(bars.argmax(1)).sum().item<long>());
            return images.clone().MoveToOuterDisposeScope();
        }
    }
}
