using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>libtorch's own pooling, ReLU and addition are the oracle.</summary>
public sealed class RectifiedPoolingTests
{
    public static MatrixTheoryData<long, long, bool, bool> Cases =>
        new([8, 7], [16, 48], [false, true], [false, true]);

    [Theory, MemberData(nameof(Cases))]
    public void Answers_and_gradients_are_those_of_pooling_shifting_and_rectifying(long size, long channels, bool half, bool shifted)
    {
        using var scope = NewDisposeScope();
        var (maps, shift) = Given(size, channels, half);
        var pull = Random(3, 5, channels, size / 2, size / 2).to_type(maps.dtype);

        var (ours, gradients) = Derived(RectifiedPooling.Of(maps, shifted ? shift : null), pull, maps, shifted ? shift : null);
        var (theirs, expected) = Derived(Plain(maps, shifted ? shift : null), pull, maps, shifted ? shift : null);

        Assert.True(RectifiedPooling.Takes(maps));
        Assert.Equal(maps.dtype, ours.dtype);
        Assert.Equal(theirs.shape, ours.shape);
        Assert.True(ours.equal(theirs).all().item<bool>());
        foreach (var (found, wanted) in gradients.Zip(expected))
        {
            // The shift's sum is in another order; of bfloat16 libtorch's own is the coarser.
            var tolerance = found.dim() == 1 ? half ? 0.05 : 1e-5 : 0;
            Assert.InRange((found.to_type(float64) - wanted.to_type(float64)).abs().max().item<double>(), 0, tolerance);
        }

        using var still = no_grad();
        Assert.True(RectifiedPooling.Of(maps, shifted ? shift : null).equal(theirs).all().item<bool>());
    }

    [Fact]
    public void Derived_once_more_it_is_libtorchs_too()
    {
        using var scope = NewDisposeScope();
        Tensor Twice(Func<Tensor, Tensor?, Tensor> pool)
        {
            var (maps, shift) = Given(7, 16, false);
            var slope = autograd.grad([pool(maps, shift).pow(3).sum()], [maps, shift], retain_graph: true, create_graph: true);
            return cat([.. autograd.grad([slope[0].square().sum() + slope[1].square().sum()], [maps, shift]).Select(part => part.flatten())]);
        }

        var (ours, theirs) = (Twice(RectifiedPooling.Of), Twice(Plain));

        Assert.True(ours.allclose(theirs, 1e-4, 1e-4));
        Assert.InRange(theirs.abs().max().item<float>(), 1, float.MaxValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void What_is_not_a_number_stays_so(long place)
    {
        using var scope = NewDisposeScope();
        var maps = zeros(1, 2, 2, 16);
        maps[0, place / 2, place % 2, 5] = float.NaN;

        var pooled = RectifiedPooling.Of(maps.permute(0, 3, 1, 2));

        Assert.Equal(1, pooled.isnan().sum().item<long>());
        Assert.True(pooled[0, 5, 0, 0].isnan().item<bool>());
    }

    [Fact]
    public void Other_maps_it_does_not_take()
    {
        using var scope = NewDisposeScope();

        Assert.True(RectifiedPooling.Takes(zeros(1, 4, 4, 16).permute(0, 3, 1, 2)));
        Assert.False(RectifiedPooling.Takes(zeros(1, 16, 4, 4)), "planes of one channel after another");
        Assert.False(RectifiedPooling.Takes(zeros(1, 4, 4, 6).permute(0, 3, 1, 2)), "six channels");
        Assert.False(RectifiedPooling.Takes(zeros(1, 1, 4, 16).permute(0, 3, 1, 2)), "a row that has no other");
        Assert.False(RectifiedPooling.Takes(zeros([1, 4, 4, 16], float64).permute(0, 3, 1, 2)), "doubles");
    }

    [Theory]
    [InlineData("cnn3")]
    [InlineData("lenet5")]
    public void A_network_learns_by_it_what_it_would_learn_without(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Catalog.Read<Pentimento.Networks.Architecture>(name).Build(new(16, 16, 3), 4, new(1));
        var (images, labels) = (Random(2, 6, 3, 16, 16), arange(6).remainder(4));
        var parameters = network.parameters().Cast<Tensor>().ToList();
        network.train();
        List<Tensor> Learned(Func<Tensor> answer) => autograd.grad([nn.functional.cross_entropy(answer(), labels)], parameters).ToList();
        // A value that is asked for is computed as such, so that nothing is joined.
        var apart = Learned(() => network.Run(images, network.Cuts.ToDictionary(cut => cut, _ => (Func<Tensor, Tensor>)(value => value))));

        var joined = Learned(() => network.call(images));

        Assert.All(joined.Zip(apart), pair => Assert.True(pair.First.allclose(pair.Second, 1e-4, 1e-6)));
        Assert.Contains(joined.Zip(apart), pair => !pair.First.equal(pair.Second).all().item<bool>());
    }

    private static Tensor Plain(Tensor maps, Tensor? shift)
    {
        var pooled = nn.functional.max_pool2d(maps, 2, 2);
        // In float32, and rounded once.
        return shift is null ? pooled.relu() : (pooled.to_type(float32) + shift.view(1, -1, 1, 1)).relu().to_type(maps.dtype);
    }

    private static (Tensor Answer, List<Tensor> Gradients) Derived(Tensor answer, Tensor pull, Tensor maps, Tensor? shift) =>
        (answer, [.. autograd.grad([(answer * pull).sum()], shift is null ? [maps] : [maps, shift])]);

    /// <summary>Maps with many equal values among them, and a shift of each channel.</summary>
    private static (Tensor Maps, Tensor Shift) Given(long size, long channels, bool half)
    {
        var maps = (Random(1, 5, channels, size, size) * 4).round() / 4;
        return ((half ? maps.to_type(bfloat16) : maps).detach().requires_grad_(), Random(2, channels).requires_grad_());
    }

    private static Tensor Random(ulong seed, params long[] shape)
    {
        using var generator = new Seed(seed).On(CPU);
        if (shape.Length != 4) return randn(shape, generator: generator);
        return randn([shape[0], shape[2], shape[3], shape[1]], generator: generator).permute(0, 3, 1, 2);
    }
}
