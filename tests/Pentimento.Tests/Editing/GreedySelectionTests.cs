using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Networks;
using Pentimento.Tests.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Tests.Editing;

/// <summary>On a network that sees three things of an image: its red, its blue, and on which side of the image the light is.</summary>
public sealed class GreedySelectionTests
{
    private static readonly GreedySelection Selection = new() { Images = 80 };

    [Fact]
    public void The_feature_of_the_colour_is_chosen_and_that_of_the_shape_is_not()
    {
        using var scope = NewDisposeScope();
        using var network = Cheater();
        using var features = ReconstructionTests.Copying(eye(4), eye(4));

        var chosen = Selection.Select(network, features, "seen", Painted(), zeros(4), RunContext.OnCpu());

        // Red (0) and blue (1) decide; left (2) and right (3) would suffice.
        Assert.Equal([0, 1], chosen.Features.Order());
        Assert.Equal((1.0, 1.0), (chosen.Steps[0].Own, chosen.Steps[^1].Own));
        Assert.InRange(chosen.Steps[0].Shuffled, 0.2, 0.8);
        Assert.Equal(1, chosen.Steps[2].Shuffled);
        Assert.Equal(40, chosen.Images);
    }

    [Fact]
    public void Nothing_is_muted_that_costs_more_than_is_allowed()
    {
        using var scope = NewDisposeScope();
        using var network = Cheater(shape: 0);
        using var features = ReconstructionTests.Copying(eye(4), eye(4));

        // Without its colours this network knows nothing at all.
        var chosen = (Selection with { OwnLoss = 0.1 }).Select(network, features, "seen", Painted(), zeros(4), RunContext.OnCpu());

        Assert.True(chosen.Steps[chosen.Features.Count].Own >= 0.9);
    }

    [Fact]
    public void Rivals_see_the_same_images()
    {
        using var scope = NewDisposeScope();
        using var network = Cheater();
        using var features = ReconstructionTests.Copying(eye(4), eye(4));
        using var baselines = Baselines.Of(Selection, network, features, "seen", Painted(), RunContext.OnCpu());

        Assert.Equal([0, 1], baselines.Neurons.Features.Order());
        Assert.Equal([0, 1, 2, 3], baselines.Random(0).Order());
        // The classes' means differ between own and others' colours in red and blue alone.
        Assert.Equal(0, baselines.Directions.slice(1, 2, 4, 1).abs().max().item<float>(), 1e-4);
        Assert.True(baselines.Directions.slice(1, 0, 2, 1).abs().min().item<float>() > 0.05);
    }

    [Fact]
    public void Shuffled_colours_leave_the_light_and_change_the_owner()
    {
        var set = Painted();

        var shuffled = ColorShuffle.Of(set, new(3));

        Assert.Equal(set.Labels, shuffled.Labels);
        Assert.Empty(shuffled.Colors);
        var (before, after) = (Colours(set), Colours(shuffled));
        Assert.Equal(before.Order(), after.Order());
        Assert.NotEqual(before, after);
        // Where an image is lit does not change.
        Assert.All(Enumerable.Range(0, set.Count), at => Assert.Equal(Lit(set, at), Lit(shuffled, at)));
        Assert.NotEqual(after, Colours(ColorShuffle.Of(set, new(4))));
    }

    [Fact]
    public void On_coloured_grounds_ground_and_digit_exchange_colours_together()
    {
        // A 3x3 image: the ground is its border, the digit its middle. Ground 100 and 200, digits 250 and 20: light 1 in the middle.
        byte[] Image(byte ground, byte middle) => [.. Enumerable.Range(0, 27).Select(at => at / 3 == 4 ? middle : ground)];
        var set = new ImageSet("grounds", [.. Image(100, 250), .. Image(200, 20)], [0, 1], [], new(3, 3, 3));

        var shuffled = Enumerable.Range(0, 8).Select(seed => ColorShuffle.Of(set, new((ulong)seed))).ToList();

        byte[][] both = [Image(100, 250), Image(200, 20)];
        Assert.All(shuffled, one => Assert.Contains(one.PixelsOf(0).ToArray(), both));
        Assert.All(shuffled, one => Assert.NotEqual(one.PixelsOf(0).ToArray(), one.PixelsOf(1).ToArray()));
        Assert.Contains(shuffled, one => one.PixelsOf(0).ToArray().SequenceEqual(both[1]));
    }

    /// <summary>Class 0 is red and lit on the left, class 1 blue and lit on the right.</summary>
    private static ImageSet Painted()
    {
        var labels = Enumerable.Range(0, 80).Select(at => (long)(at / 2 % 2)).ToArray();
        var pixels = new byte[80 * 4 * 4 * 3];
        for (var at = 0; at < 80; at++)
        {
            for (var row = 1; row < 3; row++) pixels[(((((at * 4) + row) * 4) + (labels[at] == 0 ? 1 : 2)) * 3) + (labels[at] == 0 ? 0 : 2)] = 200;
        }

        return new("painted", pixels, labels, [], new(4, 4, 3));
    }

    private static Classifier Cheater(float shape = 1) =>
        new(
            new Cnn3(),
            new(4, 4, 3),
            2,
            [
                new Layer(
                    "seen",
                    LayerKind.Other,
                    (x, _) =>
                    {
                        var light = x.amax([1]);
                        return stack(
                            [
                                x.select(1, 0).sum([1, 2]),
                                x.select(1, 2).sum([1, 2]),
                                light.narrow(2, 0, 2).sum([1, 2]),
                                light.narrow(2, 2, 2).sum([1, 2]),
                            ],
                            1);
                    },
                    nn.Linear(1, 1),
                    Maps: false),
                new Layer(
                    "scores",
                    LayerKind.Other,
                    (x, _) =>
                        x.matmul(
                            tensor(
                                new float[,]
                                {
                                    { 3, 0 },
                                    { 0, 3 },
                                    { shape, 0 },
                                    { 0, shape },
                                }
                            )),
                    Maps: false),
            ]);

    private static int[] Colours(ImageSet set) =>
        [.. Enumerable.Range(0, set.Count).Select(at => set.PixelsOf(at).ToArray().Chunk(3).Any(pixel => pixel[0] > 0) ? 0 : 1)];

    private static bool[] Lit(ImageSet set, int at) => [.. set.PixelsOf(at).ToArray().Chunk(3).Select(pixel => pixel.Any(value => value > 0))];
}
