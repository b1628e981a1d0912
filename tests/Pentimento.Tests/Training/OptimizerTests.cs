using Pentimento.Foundation.Configuration;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training;

public sealed class OptimizerTests
{
    [Fact]
    public void Twenty_steps_of_adam_are_pytorchs()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        using var optimizer = new Adam(LearningRate: 1e-3).Begin(network.parameters());
        var expected = Oracle
            .Numbers.GetProperty("invariance")
            .GetProperty("adam_trace")
            .GetProperty("loss")
            .EnumerateArray()
            .Select(loss => loss.GetDouble())
            .ToArray();

        for (var step = 0; step < 20; step++)
        {
            var start = step % 4 * 64;
            var (images, labels) = Oracle.Batch(start, start + 64);
            optimizer.ZeroGradients();
            var loss = new EmpiricalRisk().Of([new(network.call(images), labels)], step).Value;
            Assert.Equal(expected[step], loss.item<float>(), expected[step] * 2e-4);
            loss.backward();
            optimizer.Step();
        }

        using var noGrad = no_grad();
        foreach (var name in new[] { "fc2.weight", "conv1.weight" })
            Oracle.AssertClose($"adam_trace_{name}", network.named_parameters().First(pair => pair.name == name).parameter, 5e-5);
    }

    [Theory]
    // x falls along 2x from 1: 1 - 0.1 * 2 = 0.8; then with half of the last step kept, 0.8 - 0.1 * (1.6 + 1) = 0.54.
    [InlineData("sgd:learning-rate=0.1,momentum=0", 0.8, 0.64)]
    [InlineData("sgd:learning-rate=0.1,momentum=0.5", 0.8, 0.54)]
    // With decay 1 the gradient is 3x.
    [InlineData("sgd:learning-rate=0.1,momentum=0,weight-decay=1", 0.7, 0.49)]
    // Adam's first step is the learning rate, whatever the gradient.
    [InlineData("adam:learning-rate=0.1", 0.9, 0.8004)]
    // The weight loses a tenth of the rate besides: 1 - 0.1 - 0.1 * 0.1.
    [InlineData("adam-w:learning-rate=0.1,weight-decay=0.1", 0.89, 0.7815)]
    public void Two_steps_down_a_parabola_are_those_counted_by_hand(string spec, double first, double second)
    {
        using var scope = NewDisposeScope();
        var x = new TorchSharp.Modules.Parameter(tensor(1f));
        using var optimizer = Catalog.Read<Optimizer>(spec).Begin([x]);

        Assert.Equal(first, Step(), 1e-6);
        Assert.Equal(second, Step(), 1e-3);

        float Step()
        {
            optimizer.ZeroGradients();
            x.square().backward();
            optimizer.Step();
            return x.item<float>();
        }
    }

    [Fact]
    public void The_rate_is_what_schedules_scale() => Assert.All(Catalog.Defaults<Optimizer>(), optimizer =>
    {
        using var weight = new TorchSharp.Modules.Parameter(tensor(1f));
        using var begun = optimizer.Begin([weight]);
        Assert.Equal(optimizer.Rate, begun.Rate);
    });
}
