using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class PredictorTests
{
    [Fact]
    public void Answers_that_are_no_numbers_are_no_answers()
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        using (no_grad()) network.named_parameters().First(named => named.name == "fc2.bias").parameter[0] = float.NaN;
        var (set, run) = (TinyProblem.Noise(6), RunContext.OnCpu());

        Assert.All<Action>(
            [
                () => Predictor.Logits(network, set, run),
                () => SetAccuracy.Of(network, set, run),
                () => SetEvaluation.Of(network, set, run),
                () => new Pentimento.Attacks.Fgsm().PerturbSet(network, set, Pentimento.Attacks.Criterion.Any, run),
            ],
            work => Assert.Contains("answers to 6 of 6 images of noise are not numbers", Assert.Throws<BadInputException>(work).Message));
    }

    [Fact]
    public void A_small_memory_makes_small_batches_and_the_same_answers()
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        using var heard = new Heard();
        var set = TinyProblem.Noise(20);
        var bytes = BatchSize.Bytes(network);

        var few = Predictor.Logits(network, set, heard.Run() with { Memory = 6 * bytes });

        Assert.Equal([3, 6, 9, 12, 15, 18, 20], heard.Ticks.Select(tick => tick.Done));
        Assert.True(few.allclose(Predictor.Logits(network, set, RunContext.OnCpu()), atol: 1e-5));
        // 8x8 images, and maps of 32, 64 and 64 channels before and after each pooling.
        Assert.Equal(4 * (64 + (32 * 2 * 64) + (32 * 16) + (64 * 2 * 16) + (64 * 4) + (64 * 2 * 4) + 64 + 128 + 3), bytes);
        Assert.Equal(1, BatchSize.Of(network, 500, RunContext.OnCpu() with { Memory = 1 }));
    }

    [Fact]
    public void Its_accuracy_is_the_oracles()
    {
        using var network = Oracle.Network();

        Assert.Equal(215 / 256.0, SetAccuracy.Of(network, Oracle.Images, RunContext.OnCpu()).Accuracy);
    }

    [Fact]
    public void Batches_are_joined_in_order()
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        var set = TinyProblem.Noise(1203);

        var all = Predictor.Logits(network, set, RunContext.OnCpu());
        var last = Predictor.Logits(network, set.Pick([1202]), RunContext.OnCpu());

        Assert.Equal([1203, 3], all.shape);
        Assert.True(all[1202].allclose(last[0], 1e-5, 1e-6));
        Assert.True(all.allclose(Predictor.Logits(network, TinyProblem.Batch(1203).Images, RunContext.OnCpu()), 1e-5, 1e-6));
    }

    [Fact]
    public void One_tensor_is_left_behind_and_no_gradient_is_kept()
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        var before = scope.DisposablesCount;

        var logits = Predictor.Logits(network, TinyProblem.Noise(600), RunContext.OnCpu());

        Assert.Equal(before + 1, scope.DisposablesCount);
        Assert.False(logits.requires_grad);
    }

    [Fact]
    public void It_stops_when_asked()
    {
        using var heard = new Heard(_ => true);
        using var network = TinyProblem.Network();

        Assert.Throws<OperationCanceledException>(() => SetAccuracy.Of(network, TinyProblem.Noise(1200), heard.Run()));
        Assert.Single(heard.Ticks);
    }

    [Fact]
    public void Images_that_do_not_fit_are_refused()
    {
        using var network = TinyProblem.Network();

        Assert.Contains(
            "reads images of 8x8x1, oracle has 28x28x3",
            Assert.Throws<BadInputException>(() => SetAccuracy.Of(network, Oracle.Images, RunContext.OnCpu())).Message);
    }
}
