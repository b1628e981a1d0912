using Pentimento.Networks;

namespace Pentimento.Tests.Networks;

public sealed class BatchSizeTests
{
    [Fact]
    public void No_value_of_a_batch_is_larger_than_the_blocks_that_the_allocator_keeps()
    {
        using var network = TinyProblem.Network();
        var run = RunContext.OnCpu() with { Memory = 1L << 40 };

        // The largest value of an image is 32 maps of 8x8 floats, 8 KB, of which 32 MB hold 4,096.
        Assert.Equal(4096, BatchSize.Of(network, 10_000, run));
        Assert.Equal(500, BatchSize.Of(network, 500, run));
        Assert.Equal(10_000, BatchSize.Of(network, 10_000, run with { Device = Device.Cuda }));
        Assert.Equal(10_000, BatchSize.Fitting(network, 10_000, run));
    }

    [Theory]
    // 9 KB, 602 KB and 64 MB an image.
    [InlineData(28 * 28 * 3, 500)]
    [InlineData(224 * 224 * 3, 55)]
    [InlineData(1 << 24, 1)]
    public void Images_that_no_network_reads_are_looked_at_by_bytes(long values, int most) => Assert.Equal(most, BatchSize.OfImages(values));
}
