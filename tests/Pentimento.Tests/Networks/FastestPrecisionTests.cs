using Pentimento.Networks;
using Pentimento.Networks.Onnx;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

public sealed class FastestPrecisionTests
{
    private const int Side = 64;

    private static readonly Precision Quick = Processor.MultipliesBfloat16 ? Precision.Bfloat16 : Precision.Float32;

    [Fact]
    public void A_large_network_computes_in_bfloat16_where_the_processor_multiplies_it() => Assert.Equal(Quick, Of(Network(200, x => x)));

    [Fact]
    public void A_small_one_computes_in_float32() => Assert.Equal(Precision.Float32, Of(Network(2, x => x)));

    [Fact]
    public void One_that_answers_otherwise_in_bfloat16_computes_in_float32() =>
        Assert.Equal(Precision.Float32, Of(Network(200, x => x.dtype == bfloat16 ? -x : x)));

    [Fact]
    public void A_foreign_graph_computes_in_float32_whose_operations_nobody_tried_in_another() =>
        Assert.Equal(Precision.Float32, Of(Network(200, x => x, new Flattened { Network = new OnnxGraph() })));

    private static Precision Of(Classifier network)
    {
        using var scope = NewDisposeScope();
        using var mine = network;
        // Each has a brightest channel, and there are more than are tried at once.
        var brightest = nn.functional.one_hot(arange(11).remainder(3), 3).view(11, 3, 1, 1);
        var images = rand([11, 3, Side, Side], generator: new Seed(1).On(CPU)) + brightest;
        return FastestPrecision.Of(network, images, network.call(images));
    }

    /// <summary>The mean of each channel, after every channel was repeated.</summary>
    private static Classifier Network(int copies, Func<Tensor, Tensor> last, Pentimento.Networks.Architecture? architecture = null) => new(
        architecture ?? new Cnn3(), new(Side, Side, 3), 3,
        [
            new Layer("wide", LayerKind.Other, (x, _) => x.repeat(1, copies, 1, 1), Maps: true),
            new Layer("features", LayerKind.Other, (x, _) => x.mean([2, 3]).slice(1, 0, 3, 1), Maps: false),
            new Layer("logits", LayerKind.Other, (x, _) => last(x), Maps: false),
        ]);
}
