using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class PredictorTests
{
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
