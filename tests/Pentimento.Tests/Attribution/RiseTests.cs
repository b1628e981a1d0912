using Pentimento.Attribution;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

public sealed class RiseTests
{
    // Two cells of two pixels, or of three columns: a cell is a pixel, so that nothing is soft and nothing can be shifted.
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public void Where_a_cell_is_a_pixel_masks_hide_whole_pixels(int side, int cells)
    {
        using var scope = NewDisposeScope();
        var seen = new List<float>();
        using var network = TinyProblem.Victim(side * side, 2, x =>
        {
            seen.AddRange(x.flatten().contiguous().data<float>().ToArray());
            return x.new_zeros(x.shape[0], 2);
        });

        new Rise(Masks: 50, Cells: cells).Explain(network, ones(1, 1, side, side), zeros(1, int64), "", RunContext.OnCpu());

        Assert.All(seen, pixel => Assert.True(pixel is 0 or 1));
        Assert.InRange(seen.Average(), 0.3, 0.7);
    }

    [Fact]
    public void Cells_are_as_large_as_the_image_needs_and_not_larger()
    {
        // Eight pixels in two cells are four each: from one centre to the next the mask changes by a quarter at most.
        using var scope = NewDisposeScope();
        var steepest = 0.0;
        using var network = TinyProblem.Victim(64, 2, x =>
        {
            if (x.shape[0] > 1) steepest = Math.Max(steepest, (x.narrow(3, 1, 7) - x.narrow(3, 0, 7)).abs().max().item<float>());
            return x.new_zeros(x.shape[0], 2);
        });

        new Rise(Masks: 50, Cells: 2).Explain(network, ones(1, 1, 8, 8), zeros(1, int64), "", RunContext.OnCpu());

        Assert.Equal(0.25, steepest, 1e-5);
    }
}
