using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Networks;
using Pentimento.Tests.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Tests.Editing;

public sealed class LogitAttributionTests
{
    [Fact]
    public void On_a_linear_tail_all_three_are_what_the_hand_finds()
    {
        // Two pixels a and b are two features; logit 0 is 2a, logit 1 is b - a.
        using var scope = NewDisposeScope();
        using var network = new Classifier(new Cnn3(), new(1, 2, 1), 2,
        [
            new Layer("seen", LayerKind.Other, (x, _) => x.flatten(1), nn.Linear(1, 1), Maps: false),
            new Layer("scores", LayerKind.Other, (x, _) => x.matmul(tensor(new float[,] { { 2, -1 }, { 0, 1 } })), Maps: false),
        ]);
        using var features = ReconstructionTests.Copying(eye(2), eye(2));
        // a is 1, 0, 0.2 and b is 0, 1, 1.
        var set = new ImageSet("two", [255, 0, 0, 255, 51, 255], [0, 1, 1], [], new(1, 2, 1));

        var found = LogitAttribution.Of(network, features, "seen", set, RunContext.OnCpu());

        Assert.Equal([2, -1, 0, 1], found.Direct.SelectMany(row => row).Select(value => Math.Round(value, 5)));
        // Where a is active it is 0.6 on average; b is 1 wherever it is active.
        Assert.Equal([1.2, -0.6, 0, 1], found.Causal.SelectMany(row => row).Select(value => Math.Round(value, 5)));
        Assert.Equal([0.6667, 0.6667], found.Active.Select(value => Math.Round(value, 4)));
        Assert.Equal(1, found.Correlation[0][0], 1e-5);
        Assert.True(found.Correlation[1][0] < -0.9);
    }

    [Fact]
    public void A_shortcut_speaks_for_the_digit_that_its_colour_predicts()
    {
        var attribution = new LogitAttribution([[0.9, 0.1], [0.1, 0.8], [0, 0]], [[1, 0], [0, 1], [0, 0]], [[2, 0], [3, 1], [0, 0]], [0.5, 0.5, 0]);
        var training = new ImageSet("training", new byte[6 * 3], [0, 0, 1, 1, 1, 0], [5, 5, 7, 7, 7, 7], new(1, 1, 3));

        var found = ShortcutFeature.Find(attribution, [[3, 1], [1, 4], [0, 0]], [5, 7], training);

        // Feature 0 answers to colour 5, which is 0's, and speaks for 0; feature 1 answers to 7, which is 1's, and speaks for 0; feature 2 is dead.
        Assert.Equal([1, 0], found.Select(one => one.Feature));
        Assert.Equal([false, true], found.Select(one => one.IsShortcut));
        Assert.Equal((5, 0.5, 0, 0), (found[1].Color, found[1].ColorShare, found[1].Predicts, found[1].Supports));
    }
}
