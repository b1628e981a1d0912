using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>libtorch's product of matrices is the oracle.</summary>
public sealed class RowProductTests
{
    [Theory]
    // 33,562,624 multiplications of a prime number of rows, and a few.
    [InlineData(1031, 128, 256, true)]
    [InlineData(7, 128, 256, false)]
    public void Products_and_their_gradients_are_libtorchs(long count, long inputs, long outputs, bool pays)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).On(CPU);
        Tensor Given(params long[] shape) => randn(shape, generator: generator).requires_grad_();
        // The weight as an autoencoder has it, lying the other way.
        var (rows, weight, bias) = (Given(count, inputs), Given(inputs, outputs), Given(outputs));
        var pull = Given(count, outputs).detach();
        List<Tensor> Derived(Tensor product) => [product, .. autograd.grad([(product * pull).sum()], [rows, weight, bias])];

        var ours = Derived(RowProduct.Of(rows, weight.t(), bias));
        var theirs = Derived(rows.matmul(weight) + bias);

        Assert.Equal(pays, RowProduct.Pays(rows, weight.t()));
        foreach (var (found, wanted) in ours.Zip(theirs))
        {
            Assert.Equal(wanted.shape, found.shape);
            Assert.InRange((found - wanted).abs().max().item<float>() / wanted.abs().max().item<float>(), 0, 1e-5);
        }

        Assert.True(RowProduct.Of(rows, weight.t(), null).allclose(rows.matmul(weight), 1e-4, 1e-4));
    }

    [Fact]
    public void A_linear_map_of_many_rows_answers_as_one_of_few()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(2).On(CPU);
        var linear = nn.Linear(128, 256);
        var rows = randn([1100, 128], generator: generator);

        Assert.True(linear.Map(rows).allclose(cat([.. rows.split(10).Select(few => linear.call(few))]), 1e-5, 1e-5));
    }
}
