using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Networks.Onnx;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

public sealed class OperatorChainTests
{
    private static readonly ImageShape Shape = new(28, 28, 3);

    [Fact]
    public void A_chain_names_its_operators_in_order_and_holds_every_weight_once()
    {
        using var network = new Cnn3().Build(Shape, 10, new(1));

        var chain = OperatorChain.Of(network)!;

        Assert.Equal(
            "Conv Relu MaxPool Conv Relu MaxPool Conv Relu MaxPool Flatten Gemm Relu Flatten Gemm",
            string.Join(' ', chain.Steps.Select(step => step.Operator)));
        Assert.Equal(network.parameters().Sum(weight => weight.numel()), chain.Weights.Length);
        Assert.Equal((64, 32, 3, 1), (chain.Steps[3].Out, chain.Steps[3].In, chain.Steps[3].Size, chain.Steps[3].Padding));
        // fc2's weights lie behind everything but its biases.
        Assert.Equal(((Half)network.parameters().Last()[9].item<float>(), chain.Weights.Length - 10), (chain.Weights[^1], chain.Steps[^1].Bias));
    }

    [Fact]
    public void Convolutions_lie_row_by_row_whatever_their_layout_in_memory()
    {
        using var network = new Cnn3().Build(Shape, 10, new(1));
        var weight = network.parameters().First();

        var chain = OperatorChain.Of(network)!;

        // (32, 3, 3, 3): the second number is one column to the right of the first.
        Assert.Equal((Half)weight[0, 0, 0, 1].item<float>(), chain.Weights[chain.Steps[0].Weight + 1]);
    }

    [Fact]
    public void What_is_no_plain_chain_is_none()
    {
        using var branching = new ResNet18().Build(Shape, 10, new(1));
        using var network = new Cnn3().Build(Shape, 10, new(1));
        using var preprocessed = Preprocessed.Of(network, Preprocess.Parse("imagenet"));

        Assert.Null(OperatorChain.Of(branching));
        Assert.Null(OperatorChain.Of(preprocessed));
    }

    [Fact]
    public void A_weight_beyond_float16_makes_it_none()
    {
        using var network = new Mlp().Build(Shape, 10, new(1));
        Assert.NotNull(OperatorChain.Of(network));

        using (no_grad()) network.parameters().First()[0, 0] = 70_000f;

        Assert.Null(OperatorChain.Of(network));
    }
}
