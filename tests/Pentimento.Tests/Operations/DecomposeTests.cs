using Pentimento.Data;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class DecomposeTests
{
    [Fact]
    public void Rows_are_decomposed_and_the_last_tenth_is_held_out()
    {
        using var scratch = new Scratch();
        var rows = Enumerable.Range(0, 200).Select(at => (float)((at * 37 % 101) / 50.0)).ToArray();
        Npz.Write(scratch.At("rows.npz"), [new("activations", new(rows, 50, 4))]);
        var decompose = new Decompose { Activations = scratch.At("rows.npz"), Epochs = 2, Width = 2, Out = scratch.At("f.safetensors") };

        var result = decompose.Run(RunContext.OnCpu());

        Assert.Equal((4, 8, 45, 5), (result.Inputs, result.Features, result.Rows, result.HeldOut));
        Assert.Equal(2, result.History.Count);
        Assert.Null(result.Inserted);
        Assert.Equal(scratch.At("f.safetensors"), result.Autoencoder);
    }

    [Fact]
    public void Either_activations_or_a_network_with_images_is_needed()
    {
        Assert.All(
            [new Decompose(), new Decompose { Model = "m" }, new Decompose { Data = "rg_95z" }, new Decompose { Model = "m", Activations = "a.npz" }],
            decompose => Assert.Throws<BadInputException>(() => decompose.Execute(RunContext.OnCpu())));
    }
}
