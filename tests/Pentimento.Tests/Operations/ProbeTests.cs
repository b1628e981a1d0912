using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class ProbeTests
{
    [Fact]
    public void A_network_or_activations_must_be_given_and_not_both()
    {
        Assert.Throws<BadInputException>(new Probe().Check);
        Assert.Throws<BadInputException>(new Probe { Model = "a.npz", Activations = "b.npz" }.Check);
        new Probe { Activations = "b.npz" }.Check();
    }

    [Fact]
    public void The_colours_channel_is_a_traitor_and_the_digits_a_hero_and_the_order_is_the_column_asked_for()
    {
        using var scratch = new Scratch();
        var dice = new SplitMix64(new(6));
        var digits = Enumerable.Range(0, 1000).Select(at => at % 10L).ToArray();
        var colors = digits.Select(_ => (long)dice.Below(10)).ToArray();
        Npz.Write(
            scratch.At("mine.npz"),
            [
                new("activations", new(digits.Zip(colors).SelectMany(pair => new[] { pair.Second + 1f, pair.First + 1f, 0f }).ToArray(), 1000, 3)),
                new("labels", new(digits, 1000)), new("colors", new(colors, 1000)),
            ]);

        var result = new Probe { Activations = scratch.At("mine.npz"), Resamples = 5, Sort = "miDigit" }.Run(RunContext.OnCpu());

        Assert.Equal(["hero", "traitor", "dead"], result.Neurons.Select(neuron => neuron.Role));
        Assert.Equal(Math.Log(10), result.Neurons[0].MiDigit, 9);
        Assert.Null(result.Samples[0].Samples);
    }

    [Fact]
    public void Every_top_image_that_is_shown_has_its_evidence()
    {
        using var scratch = new Scratch();

        var result = ((Probe)SmallOperations.Of("probe", scratch)).Run(RunContext.OnCpu(1));

        var samples = result.Samples[0].Samples!;
        Assert.Equal(64, samples.Visualized.Count);
        Assert.All(result.Neurons.SelectMany(neuron => neuron.Top.Take(NeuronSamples.Shown)), place => Assert.Contains(place, samples.Evidence.Keys));
        Assert.Equal("none", result.Layers[0].Groups[0].Name);
    }

    [Fact]
    public void Those_that_tell_most_are_visualized_first_and_none_if_none_is_wanted()
    {
        using var scratch = new Scratch();
        var probe = (Probe)SmallOperations.Of("probe", scratch);

        var (two, none) = ((probe with { Visualized = 2 }).Run(RunContext.OnCpu(1)), (probe with { Visualized = 0 }).Run(RunContext.OnCpu(1)));

        var samples = two.Samples[0].Samples!;
        double Told(int at) => Math.Max(two.Neurons[at].ColorGivenDigit, two.Neurons[at].DigitGivenColor);
        Assert.Equal(2, samples.Visualized.Count);
        Assert.All(
            Enumerable.Range(0, two.Neurons.Count).Where(at => !samples.Visualized.ContainsKey(at)),
            at => Assert.All(samples.Visualized.Keys, shown => Assert.True(Told(shown) >= Told(at))));
        Assert.Empty(none.Samples[0].Samples!.Visualized);
    }

    [Fact]
    public void Images_without_colours_are_refused() =>
        Assert.Contains(
            "which colour each image has",
            Assert.Throws<BadInputException>(() =>
                new Probe
                {
                    Model = SmallOperations.Weights,
                    Network = new Cnn3(),
                    Data = SmallOperations.Data,
                    Grey = "none"
                }.Run(RunContext.OnCpu()))
                .Message,
            StringComparison.Ordinal);
}
