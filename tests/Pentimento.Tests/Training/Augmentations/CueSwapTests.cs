using Pentimento.Cues;
using Pentimento.Training.Augmentations;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Augmentations;

public sealed class CueSwapTests
{
    [Fact]
    public void Parts_of_a_cue_come_from_donors_of_their_own()
    {
        // Image i is of the grey i / 64 all over, so that a corner says whose it is.
        using var scope = NewDisposeScope();
        var images = (arange(64, float32) / 64).view(64, 1, 1, 1).expand(64, 3, 8, 8).contiguous();
        var both = new Both { First = new Cell(4, 0, 0), Second = new Cell(4, 3, 3) };

        var swapped = new CueSwap { Cue = both }.Apply(images, new(1));
        float[] At(int row, int column) => swapped[.., 0, row, column].contiguous().data<float>().ToArray();
        float[] all = [.. Enumerable.Range(0, 64).Select(at => at / 64f)];

        // Every image gives each corner away once, and hardly ever both to the same image.
        Assert.Equal(all, At(0, 0).Order());
        Assert.Equal(all, At(7, 7).Order());
        Assert.InRange(At(0, 0).Zip(At(7, 7)).Count(pair => pair.First == pair.Second), 0, 8);
        Assert.Equal(all, At(4, 4));
    }
}
