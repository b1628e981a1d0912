using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Orthogonal projection that removes directions from the activations: along each of them every row becomes equal to one origin.</summary>
/// <remarks>
/// x' = x - (x - o) Dᵀ D with orthonormal rows D. One direction, the difference of means, is the method of Ravfogel et al., 2020, "Null it out",
/// arXiv:2004.07667, in its simplest form; the axes of neurons make it neuron ablation.
/// </remarks>
/// <param name="Rank">The number of directions.</param>
internal sealed record Projection([Range(1, 1_000_000)] int Rank = 1) : NetworkEdit
{
    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Begin(long inputs) => new Module(zeros(Rank, inputs), zeros(inputs));

    /// <inheritdoc/>
    public override string Form(nn.Module<Tensor, Tensor> change, OnnxBuilder writer, string rows)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (directions, origin) = (change.get_buffer("directions")!, change.get_buffer("origin")!);
        var along = writer.With("MatMul", "edited.along", writer.With("Sub", "edited.moved", rows, origin), directions.t());
        return writer.Add("Sub", "edited", [rows, writer.With("MatMul", "edited.removed", along, directions)]);
    }

    /// <summary>Creates the edit's module.</summary>
    /// <param name="directions">float32 (k, C), of any length but 0 and not along each other; made orthonormal.</param>
    /// <param name="origin">float32 (C), where rows end up along the directions.</param>
    public static nn.Module<Tensor, Tensor> Of(Tensor directions, Tensor origin)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var orthonormal = linalg.qr(directions.t()).Q.t().contiguous();
        return new Module(orthonormal, origin.clone());
    }

    private sealed class Module : nn.Module<Tensor, Tensor>
    {
        public Module(Tensor directions, Tensor origin) : base(nameof(Projection))
        {
            register_buffer("directions", directions.DetachFromDisposeScope());
            register_buffer("origin", origin.DetachFromDisposeScope());
        }

        public override Tensor forward(Tensor rows)
        {
            using var scope = NewDisposeScope();
            var (directions, origin) = (get_buffer("directions")!, get_buffer("origin")!);
            return (rows - (rows - origin).matmul(directions.t()).matmul(directions)).MoveToOuterDisposeScope();
        }
    }
}
