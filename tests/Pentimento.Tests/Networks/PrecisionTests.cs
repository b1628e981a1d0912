using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Networks.Onnx;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

public sealed class PrecisionTests
{
    public static TheoryData<string> Everyone =>
        [.. Catalog.FamilyOf(typeof(Pentimento.Networks.Architecture)).Members.Select(member => member.Name)];

    [Theory, MemberData(nameof(Everyone))]
    public void In_bfloat16_answers_are_coarser_and_gradients_reach_the_float32_weights(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Catalog.Read<Pentimento.Networks.Architecture>(name).Build(new(16, 16, 3), 4, new(1));
        var images = rand([64, 3, 16, 16], generator: new Seed(2).On(CPU));
        var labels = arange(64).remainder(4);
        var exact = network.call(images);

        var coarse = Precision.Bfloat16.Open(network, images).Logits;
        var parameters = network.parameters().Cast<Tensor>().ToList();
        var ours = autograd.grad([nn.functional.cross_entropy(coarse, labels)], parameters);
        var theirs = autograd.grad([nn.functional.cross_entropy(exact, labels)], parameters);

        Assert.Equal(float32, coarse.dtype);
        // A fraction of 8 bits: off by up to 1/256 in each operation, but not by nothing.
        var off = (coarse - exact).norm().item<float>() / exact.norm().item<float>();
        Assert.InRange(off, 1e-5, 0.03);
        Assert.All(ours, gradient => Assert.Equal(float32, gradient.dtype));
        // Here and there another pixel is the largest, which turns the gradient by a few degrees.
        var angle = nn.functional.cosine_similarity(Flat(ours), Flat(theirs), 0).item<double>();
        Assert.InRange(angle, 0.98, 0.999999);
    }

    [Fact]
    public void Float32_is_the_network_itself_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        var (images, _) = TinyProblem.Batch();

        Assert.Equal(network.call(images).data<float>().ToArray(), Precision.Float32.Open(network, images).Logits.data<float>().ToArray());
    }

    [Fact]
    public void Auto_is_float32_where_nobody_knows_of_bfloat16_and_the_others_stand_for_themselves()
    {
        var foreign = new Flattened { Network = new OnnxGraph() };

        Assert.Equal(Precision.Float32, Precision.Auto.For(foreign, Pentimento.Foundation.Device.Cpu));
        Assert.Equal(Precision.Float32, Precision.Auto.For(new Cnn3(), Pentimento.Foundation.Device.Cuda));
        Assert.Equal(
            Processor.MultipliesBfloat16 ? Precision.Bfloat16 : Precision.Float32, Precision.Auto.For(new Cnn3(), Pentimento.Foundation.Device.Cpu));
        Assert.Equal(Precision.Bfloat16, Precision.Bfloat16.For(foreign, Pentimento.Foundation.Device.Cuda));
    }

    private static Tensor Flat(IEnumerable<Tensor> tensors) => cat(tensors.Select(tensor => tensor.flatten()).ToList()).to_type(float64);
}
