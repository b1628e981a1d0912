using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Data;

public sealed class PixelsTests
{
    private static readonly ImageSet Set = new("rgb", [0, 51, 255, 102, 153, 204, 1, 2, 3, 4, 5, 6], [0, 1], [], new(1, 2, 3));

    [Fact]
    public void Bytes_become_shares_of_255_channel_by_channel()
    {
        using var scope = NewDisposeScope();

        var batch = Pixels.Slice(Set.Tensor(), 0, 1);

        Assert.Equal([1, 3, 1, 2], batch.shape);
        // Red, green and blue of both pixels of the first image.
        Assert.Equal([0, 102 / 255f, 51 / 255f, 153 / 255f, 1, 204 / 255f], batch.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Each_of_the_256_bytes_is_divided_exactly()
    {
        using var scope = NewDisposeScope();
        var set = new ImageSet("all", [.. Enumerable.Range(0, 256).Select(value => (byte)value)], [0], [], new(16, 16, 1));

        Assert.Equal(Enumerable.Range(0, 256).Select(value => value / 255f), Pixels.Slice(set.Tensor(), 0, 1).data<float>().ToArray());
    }

    [Fact]
    public void The_batch_is_channels_last_in_memory()
    {
        using var scope = NewDisposeScope();

        // (N, C, H, W) strides of (H, W, C) rows: 6 values an image, channels side by side.
        Assert.Equal([6, 1, 6, 3], Pixels.Batch(Set.Tensor(), tensor(new long[] { 1, 0 })).stride());
    }

    [Fact]
    public void Images_come_in_the_order_asked_for_and_the_last_run_is_cut()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([1 / 255f, 0], Pixels.Batch(Set.Tensor(), tensor(new long[] { 1, 0 }))[TensorIndex.Colon, 0, 0, 0].data<float>().ToArray());
        Assert.Equal(1, Pixels.Slice(Set.Tensor(), 1, 10).shape[0]);
    }

    [Fact]
    public void One_tensor_is_left_behind()
    {
        using var scope = NewDisposeScope();
        var (bytes, places) = (Set.Tensor(), tensor(new long[] { 1 }));
        var before = scope.DisposablesCount;

        Pixels.Batch(bytes, places);
        Pixels.Slice(bytes, 0, 1);

        Assert.Equal(before + 2, scope.DisposablesCount);
    }
}
