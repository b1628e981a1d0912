using Pentimento.Cues;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

public sealed class DetailTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(28)]
    [InlineData(64)]
    public void Details_in_disorder_are_all_there_and_none_where_it_was(int side)
    {
        using var scope = NewDisposeScope();
        // Each square of eight pixels has a number of its own.
        var squares = side / 8;
        var numbers = arange(1, (squares * squares) + 1, float32).view(1, 1, squares, squares);
        var image = nn.functional.pad(numbers.repeat_interleave(8, 2).repeat_interleave(8, 3), [0, side % 8, 0, side % 8], value: 99);

        var mixed = Detail.Shuffled(image);

        var (before, after) = (Corners(image), Corners(mixed));
        Assert.Equal(before.Order(), after.Order());
        Assert.DoesNotContain(before.Zip(after), pair => pair.First == pair.Second);
        Assert.Equal(side % 8 == 0, mixed[0, 0, side - 1, side - 1].item<float>() != 0);
        Assert.Equal(64 * numbers.sum().item<float>(), mixed.sum().item<float>());
        float[] Corners(Tensor whole) =>
            [.. nn.functional.avg_pool2d(whole.narrow(2, 0, squares * 8).narrow(3, 0, squares * 8), 8).flatten().data<float>()];
    }
}
