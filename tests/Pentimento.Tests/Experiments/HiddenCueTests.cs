using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Tests.Discovery;
using static TorchSharp.torch;

namespace Pentimento.Tests.Experiments;

/// <summary>
/// A cue behind another: the corners at the top left and at the bottom right both say the class of nine images in ten, of others each. As long as the
/// first is there the second decides nothing, so that nobody finds it.
/// </summary>
public sealed class HiddenCueTests
{
    private const int Side = 12;
    private const int Classes = CornerReader.Classes;
    private static readonly ImageShape Shape = new(Side, Side, 3);

    [Fact]
    public void A_cue_that_shows_when_the_first_is_gone_is_taken_away_as_well()
    {
        using var scratch = new Scratch();

        var result = Problem(scratch).Run(RunContext.OnCpu(1));

        Assert.True(result.Discovered);
        Assert.Equal(
            new Both { First = new Cell(4, 0, 0), Second = new Cell(4, 3, 3) }, Assert.IsType<Both>(result.Against));
        Assert.Contains("Without it the network goes on with cell:", result.Verdict, StringComparison.Ordinal);
        Assert.Contains("Looked at again, the repaired network: No shortcut was found", result.Advice, StringComparison.Ordinal);
        Assert.Equal("cue-projection", result.Recommended);
        Assert.All(result.After, set => Assert.Equal(1, set.Accuracy));
    }

    [Fact]
    public void After_its_budget_it_looks_no_further()
    {
        using var scratch = new Scratch();
        var result = (Problem(scratch) with { Budget = 1e-9 }).Run(RunContext.OnCpu(1));

        // A closed form that was not begun in time is no repair, and without one there is nothing to look at again.
        Assert.Null(result.Recommended);
        Assert.DoesNotContain("Looked at again", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_what_is_taken_away_is_no_further_cue()
    {
        var both = new Both { First = new Both { First = new Background(), Second = new Color() }, Second = new Position() };

        Assert.All(new Cue[] { new Background(), new Color(), new Position(), both }, cue => Assert.True(Both.Holds(both, cue)));
        Assert.False(Both.Holds(both, new Border()));
    }

    private static Repair Problem(Scratch scratch)
    {
        Npz.Write(scratch.At("corners.npz"), ImageSetFile.Arrays(Images()));
        using (var network = Network()) ModelFile.Write(scratch.At("lazy.safetensors"), network, "");
        return new()
        {
            Model = scratch.At("lazy.safetensors"),
            Data = [scratch.At("corners.npz")],
            HoldOut = 0.2,
            Methods = ["cue-projection"],
            Out = scratch.At("repaired.safetensors"),
        };
    }

    private static ImageSet Images()
    {
        var first = CornerReader.Images(600);
        byte[] pixels = [.. first.Pixels];
        for (var at = 0; at < first.Count; at++)
        {
            var corner = at / Classes % 10 == 5 ? (first.Labels[at] + 1) % Classes : first.Labels[at];
            for (var place = 0; place < 9; place++)
            {
                var (row, column) = (Side - 3 + (place / 3), Side - 3 + (place % 3));
                pixels[(((((at * Side) + row) * Side) + column) * 3) + (int)corner] = 210;
            }
        }

        return new("corners", pixels, first.Labels, [], Shape);
    }

    /// <summary>Adds up bars, the first corner three times and the second one and a half times.</summary>
    private static Classifier Network()
    {
        using var scope = NewDisposeScope();
        var network = new Mlp("9").Build(Shape, Classes, new(1));
        var units = zeros(9, 3, Side, Side);
        for (var label = 0; label < Classes; label++)
        {
            units[label].slice(1, 4, 8, 1).select(2, 4 + (2 * label)).fill_(1 / 12.0);
            units[3 + label][label].slice(0, 0, 3, 1).slice(1, 0, 3, 1).fill_(1 / 9.0);
            units[6 + label][label].slice(0, Side - 3, Side, 1).slice(1, Side - 3, Side, 1).fill_(1 / 9.0);
        }

        var one = eye(Classes);
        Weights.Put(
            network,
            new Dictionary<string, NpyArray>
            {
                ["fc1.weight"] = new(units.flatten().data<float>().ToArray(), 9, Shape.Size),
                ["fc1.bias"] = new(new float[9], 9),
                ["fc2.weight"] = new(cat([10 * one, 30 * one, 15 * one], 1).flatten().data<float>().ToArray(), Classes, 9),
                ["fc2.bias"] = new(new float[Classes], Classes),
            },
            "the test");
        return network;
    }
}
