using Pentimento.Discovery;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Discovery;

/// <summary>The frequency probe and the clusters of attribution maps.</summary>
public sealed class WitnessTests
{
    [Fact]
    public void Three_clouds_are_three_clusters_and_one_is_none()
    {
        using var scope = NewDisposeScope();
        Tensor Cloud(float middle, int count, ulong seed) => middle + (0.1f * randn([count, 3], float32, generator: new Seed(seed).On(CPU)));

        var found = SpectralClusters.Of(cat([Cloud(0, 30, 1), Cloud(5, 20, 2), Cloud(9, 25, 3)]), new(1));

        Assert.NotNull(found);
        var groups = found.Value.Groups.Select(group => group.Order().ToArray()).OrderBy(group => group[0]).ToList();
        Assert.Equal([[.. Enumerable.Range(0, 30)], [.. Enumerable.Range(30, 20)], [.. Enumerable.Range(50, 25)]], groups);
        Assert.Null(SpectralClusters.Of(Cloud(0, 40, 4), new(1)));
    }

    [Fact]
    public void A_class_that_is_recognised_by_its_bar_or_by_its_corner_has_two_ways()
    {
        using var network = CornerReader.Network(2);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(300, informative: false), RunContext.OnCpu(1));

        var found = StrategySearch.Of(network, subject, RunContext.OnCpu(1));

        // Predictions follow the corner; whether the bar agrees with it is what sets the maps of one prediction apart.
        Assert.NotEmpty(found);
        Assert.All(found, one => Assert.Contains(one.Strategies, way => way.Accuracy.Value > 0.95));
        Assert.All(found, one => Assert.Contains(one.Strategies, way => way.Accuracy.Value < 0.05));
        Assert.All(found.SelectMany(one => one.Strategies), way => Assert.Equal(1, way.Map.Sum(), 1e-4));
    }

    [Fact]
    public void Frequencies_that_a_network_reads_are_kept_and_random_ones_are_not_enough()
    {
        using var network = CornerReader.Network(0.5);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(300), RunContext.OnCpu(1));

        var found = FrequencyProbe.Of(network, subject, RunContext.OnCpu(1));

        Assert.Equal(3, found.Count);
        Assert.All(found, one => Assert.InRange(one.Frequency, 0, 0.71));
        Assert.All(found, one => Assert.True(one.Survives.Value >= one.Control.Value, $"{one}"));
        Assert.True(found.Average(one => one.Survives.Value) > found.Average(one => one.Control.Value) + 0.05);
    }

    [Fact]
    public void The_one_wave_that_a_network_reads_is_the_one_that_is_kept()
    {
        // Two classes: a wave of three periods across the picture and its negative, on noise; the network is that wave's dot product.
        const int side = 16;
        var wave = Enumerable.Range(0, side * side).Select(place => Math.Cos(2 * Math.PI * 3 * (place % side) / side)).ToArray();
        var dice = new SplitMix64(new(5));
        var (pixels, labels) = (new byte[200 * side * side], new long[200]);
        for (var at = 0; at < 200; at++)
        {
            labels[at] = at % 2;
            for (var place = 0; place < side * side; place++)
                pixels[(at * side * side) + place] = (byte)(128 + ((labels[at] == 1 ? 12 : -12) * wave[place]) + dice.Below(100) - 50);
        }

        using var scope = NewDisposeScope();
        using var reader = tensor(Array.ConvertAll(wave, value => (float)value));
        using var network = new Classifier(
            new Cnn3(), new(side, side, 1), 2,
            [
                new Layer("features", LayerKind.Other, (x, _) => x.flatten(1).mv(reader).unsqueeze(1), Maps: false),
                new Layer("logits", LayerKind.Other, (x, _) => cat([-x, x], 1), Maps: false),
            ]);
        using var subject = new ExaminedNetwork(network, new("waves", pixels, labels, [], new(side, side, 1)), RunContext.OnCpu(1));

        var found = FrequencyProbe.Of(network, subject, RunContext.OnCpu(1));

        Assert.Equal(2, found.Count);
        Assert.All(found, one => Assert.True(one.Survives.Value >= 0.95 && one.Control.Value < 0.8, $"{one}"));
    }

    [Fact]
    public void The_same_seed_bears_the_same_witness()
    {
        using var network = CornerReader.Network(2);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(90), RunContext.OnCpu(1));
        IReadOnlyList<DominantFrequencies> Probe(ulong seed) => FrequencyProbe.Of(network, subject, RunContext.OnCpu(seed));

        Assert.Equal(Probe(1), Probe(1));
    }
}
