using Pentimento.Attacks;
using Pentimento.Networks;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training;

public sealed class PiecewiseStepTests
{
    private const int Batch = 24;

    public static TheoryData<string> Objectives =>
        ["erm", "v-rex:weight=10,warm-up=0", "irm:weight=10,warm-up=0", "fishr:warm-up=0", "gce", "group-dro"];

    [Theory, MemberData(nameof(Objectives))]
    public void The_gradient_in_pieces_is_that_of_the_whole_batch(string objective)
    {
        var (whole, all) = Trained(objective, 0);
        var (pieces, size) = Trained(objective, MemoryFor(5));

        Assert.Equal((Batch, 5), (all, size));
        Assert.True(whole.Zip(pieces).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4), "the weights differ");
        Assert.NotEqual(Trained("erm", 0, steps: 0).Weights, whole);
    }

    [Fact]
    public void Adversarial_training_attacks_piece_by_piece()
    {
        // Without a random start the attack depends on no draw.
        var attack = new Pgd(Steps: 2, RandomStart: false);

        var (whole, _) = Trained("erm", 0, adversary: attack);
        var (pieces, _) = Trained("erm", MemoryFor(5), adversary: attack);

        Assert.True(whole.Zip(pieces).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4), "the weights differ");
    }

    [Fact]
    public void Dropout_is_the_same_in_both_passes_over_a_piece()
    {
        using var scope = NewDisposeScope();
        using var network = new Cnn3(Dropout: 0.5).Build(TinyProblem.Shape, 3, new(1));
        var step = new PiecewiseStep(network, Precision.Float32, Batch, Run(MemoryFor(5)));
        network.train();
        var (images, _) = TinyProblem.Batch(Batch);
        var seen = new List<float>();
        Tensor? answered = null;

        // The gradient of the sum of squared logits is 2 z: the sum over pieces shows whether they answered the same again.
        step.Backward(images, new(3), (_, logits) =>
        {
            answered = logits.detach().clone();
            return logits.sum();
        });
        seen.AddRange(network.parameters().Last().grad!.data<float>().ToArray());

        // By the last bias every image counts once for each class.
        Assert.Equal([Batch, Batch, Batch], seen);
        Assert.Equal(Batch, answered!.shape[0]);
    }

    [Fact]
    public void Batch_normalisation_needs_the_batch_and_says_which_fits()
    {
        using var network = new ResNet18().Build(new(32, 32, 3), 10, new(1));

        var refusal = Assert.Throws<BadInputException>(() => new PiecewiseStep(network, Precision.Float32, 256, Run(64 << 20)));

        Assert.Matches(@"A batch of 256 images of 32x32x3 does not fit the 64 MB .* --batch \d+ fits", refusal.Message);
    }

    [Fact]
    public void Tensors_of_pieces_are_gone_afterwards()
    {
        using var network = TinyProblem.Network();
        var step = new PiecewiseStep(network, Precision.Float32, Batch, Run(MemoryFor(5)));
        network.train();
        using var scope = NewDisposeScope();
        var (images, _) = TinyProblem.Batch(Batch);
        step.Backward(images, new(3), (_, logits) => logits.sum());
        var before = scope.DisposablesCount;

        step.Backward(images, new(3), (_, logits) => logits.sum());

        // The leaves, their gradients and the loss lie in the step's scope, whatever the number of pieces.
        Assert.InRange(scope.DisposablesCount - before, 0, 12);
    }

    private static (float[] Weights, int Size) Trained(string objective, long memory, int steps = 3, Attack? adversary = null)
    {
        using var scope = NewDisposeScope();
        using var network = new Cnn3(Dropout: 0).Build(TinyProblem.Shape, 3, new(1));
        var options = new TrainingOptions { Objective = objective, Batch = Batch, Optimizer = new Sgd(0.01) };
        var noise = TinyProblem.Noise(60);
        var environments = new Environments([noise.Pick([.. Enumerable.Range(0, 30)]), noise.Pick([.. Enumerable.Range(30, 30)])]);
        using var step = new TrainingStep(network, options, environments, adversary, Run(memory));
        network.train();
        for (var at = 0; at < steps; at++) step.Step();
        return ([.. network.parameters().SelectMany(weight => weight.data<float>().ToArray())], step.ImagesAtATime);
    }

    /// <summary>The memory into which so many images fit, and no more.</summary>
    private static long MemoryFor(int images)
    {
        using var network = TinyProblem.Network();
        network.eval();
        return images * 3 * BatchSize.Bytes(network);
    }

    private static RunContext Run(long memory) => RunContext.OnCpu(5) with { Memory = memory };
}
