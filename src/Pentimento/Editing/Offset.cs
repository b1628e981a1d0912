using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Steers neurons: adds the same to the activations of every row.</summary>
/// <remarks>
/// x' = x + v. Turner et al., 2023, "Steering language models with activation engineering", arXiv:2308.10248, with v along the axes of neurons.
/// </remarks>
internal sealed record Offset : NetworkEdit
{
    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Begin(long inputs) => new Module(zeros(inputs));

    /// <inheritdoc/>
    public override string Form(nn.Module<Tensor, Tensor> change, OnnxBuilder writer, string rows)
    {
        using var scope = NewDisposeScope();
        return writer.With("Add", "edited", rows, change.get_buffer("added")!);
    }

    /// <summary>Creates the edit's module.</summary>
    /// <param name="added">float32 (C), what is added to each neuron; copied.</param>
    public static nn.Module<Tensor, Tensor> Of(Tensor added) => new Module(added.clone());

    private sealed class Module : nn.Module<Tensor, Tensor>
    {
        public Module(Tensor added) : base(nameof(Offset)) => register_buffer("added", added.DetachFromDisposeScope());

        public override Tensor forward(Tensor rows) => rows + get_buffer("added")!;
    }
}
