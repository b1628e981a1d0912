using Pentimento.Networks;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class WeightGatesTests
{
    [Theory]
    [InlineData("units", 1)]
    [InlineData("units", 0.25)]
    [InlineData("weights", 0.5)]
    public void The_gradient_of_a_score_is_what_a_small_change_of_it_does_to_the_loss(string pruned, double temperature)
    {
        using var scope = NewDisposeScope();
        var network = new Mlp("3").Build(new(1, 2, 1), 2, new(1));
        var images = tensor(new float[] { 0.25f, 1, 0.75f, 0.5f }).view(2, 1, 1, 2);
        var gates = new WeightGates(network, Enum.Parse<Pruned>(pruned, ignoreCase: true), images.narrow(0, 0, 1));
        Tensor Loss()
        {
            gates.Apply(temperature);
            return network.call(images).square().sum();
        }

        Loss().backward();
        gates.PassGradients(temperature);

        // All scores are of the hidden layer: the last one has no gates.
        var score = Assert.Single(gates.Scores);
        Assert.Equal(pruned == "units" ? [3, 1] : [3, 2], score.shape);
        using var still = no_grad();
        var found = score.grad!.flatten().data<float>().ToArray();
        var flat = score.view(-1);
        for (var at = 0; at < found.Length; at++)
        {
            float Shifted(float by)
            {
                flat[at] = flat[at] + by;
                var loss = Loss().item<float>();
                flat[at] = flat[at] - by;
                return loss;
            }

            Assert.Equal((Shifted(0.05f) - Shifted(-0.05f)) / 0.1, found[at], 2e-3);
        }
    }

    [Fact]
    public void In_the_end_a_weight_is_as_it_was_or_zero()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var network = new Mlp("3").Build(new(1, 2, 1), 2, new(1));
        var before = network.get_parameter("fc1.weight")!.clone();
        WeightGates gates;
        using (enable_grad()) gates = new(network, Pruned.Units, ones(1, 1, 1, 2));
        gates.Scores.Single()[1] = -0.1f;

        gates.Apply(0);

        Assert.Equal(1 / 3.0, gates.Closed, 1e-12);
        Assert.Equal(
            (before * tensor(new float[] { 1, 0, 1 }).unsqueeze(1)).flatten().data<float>().ToArray(),
            network.get_parameter("fc1.weight")!.flatten().data<float>().ToArray());
    }
}
