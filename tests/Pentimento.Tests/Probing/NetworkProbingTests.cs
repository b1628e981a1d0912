using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Probing;
using static TorchSharp.torch;

namespace Pentimento.Tests.Probing;

/// <summary>Reading a network's layers, and silencing their channels.</summary>
public sealed class NetworkProbingTests
{
    private static readonly ImageSet Images = new(
        "oracle",
        Oracle.Images.Pixels.ToArray(),
        Oracle.Images.Labels,
        Oracle.Images.AttributeOf("colour"),
        Oracle.Images.Shape);

    [Fact]
    public void A_layer_is_read_as_the_reference_reads_it()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var before = scope.DisposablesCount;

        var reading = PooledActivations.Of(network, Images, "relu3", 5, RunContext.OnCpu());

        Assert.Equal(before, scope.DisposablesCount);
        Oracle.AssertClose("conv3_mean", Matrix(reading.By(MapPooling.Mean)), 1e-4);
        Oracle.AssertClose("conv3_max", Matrix(reading.By(MapPooling.Maximum)), 1e-4);
        Assert.Equal((7, 7), (reading.Height, reading.Width));
        var maps = network.Head(Oracle.Batch(0, 1).Images, "relu3");
        for (var channel = 0; channel < 64; channel++)
        {
            var map = maps[0, channel].flatten().data<float>().ToArray();
            Assert.Equal(map.OrderDescending().Take(5).Average(), reading.By(MapPooling.Strongest).Channels[channel][0], 1e-4);
            Assert.Equal(map.Max(), map[reading.Places[channel][0]]);
        }
    }

    [Fact]
    public void A_layer_without_places_is_read_too()
    {
        using var network = Oracle.Network();
        var reading = PooledActivations.Of(network, Images, "fc2", 5, RunContext.OnCpu());

        Assert.Equal((1, 1), (reading.Height, reading.Width));
        Assert.Equal(((float[])Oracle.Expected("logits").Data)[13], reading.Means.Channels[3][1], 1e-4);
        Assert.Equal(reading.Means.Channels[3], reading.Strongest.Channels[3]);
    }

    [Fact]
    public void A_silenced_channel_is_one_whose_weights_are_gone()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var found = ChannelAblation.Accuracy(network, Images, "relu3", [[], [7], [.. Enumerable.Range(0, 40)]], new double[64], RunContext.OnCpu());

        Assert.Equal(SetAccuracy.Of(network, Images, RunContext.OnCpu()).Accuracy, found[0].Value);
        // Zeroing the kernels and biases of the channels makes them answer 0 everywhere.
        using (no_grad())
        {
            foreach (var (name, parameter) in network.named_parameters().Where(pair => pair.name.StartsWith("conv3", StringComparison.Ordinal)))
            {
                parameter.slice(0, 0, 40, 1).zero_();
            }
        }

        Assert.Equal(SetAccuracy.Of(network, Images, RunContext.OnCpu()).Accuracy, found[2].Value);
        Assert.NotEqual(found[0], found[2]);
    }

    [Fact]
    public void A_channel_may_be_silenced_to_its_mean()
    {
        // The class is the sign of the one channel; silenced to -1 every answer is 0, to +1 it is 1.
        using var network = new Classifier(new Cnn3(), new(1, 1, 1), 2,
        [
            new Layer("seen", LayerKind.Other, (x, _) => x.flatten(1) - 0.5, Maps: false),
            new Layer("scores", LayerKind.Other, (x, _) => cat([-x, x], 1), Maps: false),
        ]);
        var set = new ImageSet("four", [0, 255, 255, 255], [0, 1, 1, 1], [], new(1, 1, 1));

        Assert.Equal(new(4, 4), ChannelAblation.Accuracy(network, set, "seen", [[]], [0], RunContext.OnCpu())[0]);
        Assert.Equal(new(1, 4), ChannelAblation.Accuracy(network, set, "seen", [[0]], [-1], RunContext.OnCpu())[0]);
        Assert.Equal(new(3, 4), ChannelAblation.Accuracy(network, set, "seen", [[0]], [1], RunContext.OnCpu())[0]);
    }

    [Fact]
    public void A_trial_silences_each_channel_and_each_role_together()
    {
        using var network = Oracle.Network();
        var table = PooledActivations.Of(network, Images, "relu3", 5, RunContext.OnCpu()).Means;
        var neurons = new Prober(new QuantileBins(), 50, 3, new(), new(), 1).Probe(table, null, table, RunContext.OnCpu());

        var trial = RoleAblation.Of(network, neurons, [Images], new double[64], RunContext.OnCpu());

        Assert.Equal("none", trial.Groups[0].Name);
        Assert.All(trial.Groups.Where(group => group.Name == "all traitors"), group =>
            Assert.Equal(neurons.Where(neuron => neuron.Role == "traitor").Select(neuron => neuron.Index), group.Channels.Order()));
        var alone = ChannelAblation.Accuracy(
            network,
            Images,
            "relu3",
            [
                [],
                [9],
            ],
            new double[64],
            RunContext.OnCpu());
        Assert.Equal(alone[1].Value - alone[0].Value, trial.Neurons[9].Ablation["oracle"], 1e-12);
        Assert.All(trial.Neurons, neuron => Assert.Equal(neuron.Polysemantic, neuron.Entropy * neuron.Strength * (neuron.Active ? 1 : 0), 1e-9));
    }

    [Fact]
    public void Work_stops_when_asked()
    {
        using var network = Oracle.Network();
        using var scope = NewDisposeScope();
        foreach (
            var work in new Action<RunContext>[]
            {
                run => PooledActivations.Of(network, Images, "relu3", 5, run),
                run =>
                    ChannelAblation.Accuracy(
                        network,
                        Images,
                        "relu3",
                        [
                            [],
                        ],
                        new double[64],
                        run),
                run => new ActivationAscent().Draw(network, new("relu3", [0]), Images, run),
            }
        )
        {
            using var heard = new Heard(_ => true);
            Assert.Throws<OperationCanceledException>(() => work(heard.Run()));
        }
    }

    [Fact]
    public void Dependence_is_told_where_there_is_any()
    {
        var digits = Enumerable.Range(0, 20000).Select(at => at % 10L).ToArray();
        var random = new SplitMix64(new(2));

        Assert.Null(Dependence.Warning("un", digits, Array.ConvertAll(digits, _ => (long)random.Below(10))));
        Assert.Null(Dependence.Warning("few", digits[..60], Array.ConvertAll(digits[..60], _ => (long)random.Below(10))));
        Assert.Contains("100%", Dependence.Warning("all", digits, digits));
        // 95% wear their digit's colour, the others any: 87% (FIELD's simulation).
        Assert.Matches(
            "8[67]%",
            Dependence.Warning(
                "rg",
                digits,
                Array.ConvertAll(digits, digit => random.Uniform() < 0.95 ? digit : (digit + 1 + random.Below(9)) % 10)));
        Assert.Contains("same color", Dependence.Warning("bw", digits, new long[20000]));
    }

    private static Tensor Matrix(ActivationTable table) =>
        tensor(table.Channels.SelectMany(column => column).Select(value => (float)value).ToArray()).view(table.Channels.Count, -1).t();
}
