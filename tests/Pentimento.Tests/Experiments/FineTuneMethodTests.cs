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
