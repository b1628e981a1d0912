using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Ablates or steers features of a sparse autoencoder; the reconstruction error is added back, so that everything else stays as it
/// was.</summary>
/// <remarks>
/// x' = x + (a' - a) W_dec with a' = keep ⊙ a + add: the reconstruction's error x - x̂ is thereby added back (Marks et al., 2024, "Sparse feature
/// circuits", arXiv:2403.19647), so that with nothing selected no bit changes. keep 0 ablates, add the mean ablates to the mean, keep 1 and add g
/// steers.
/// </remarks>
[Called("features")]
internal sealed record FeatureEdit : NetworkEdit
{
    /// <summary>The kind of autoencoder.</summary>
    public Variant Autoencoder { get; init; } = new TopK();

    /// <summary>The number of features.</summary>
    [Range(1, 10_000_000)]
    public int Count { get; init; } = 1;

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Begin(long inputs) => new Module(new(Autoencoder, inputs, Count));

    /// <inheritdoc/>
    public override string Form(nn.Module<Tensor, Tensor> change, OnnxBuilder writer, string rows) => ((Module)change).Form(writer, rows);

    /// <summary>Creates the edit's module.</summary>
    /// <param name="autoencoder">Defines the features; copied.</param>
    /// <param name="keep">float32 (F), the share of each feature's activation that stays.</param>
    /// <param name="add">float32 (F), what is added to each feature's activation.</param>
    public static nn.Module<Tensor, Tensor> Of(Autoencoder autoencoder, Tensor keep, Tensor add)
    {
        using var noGrad = no_grad();
        var module = new Module(new Autoencoder(autoencoder.Variant, autoencoder.Inputs, autoencoder.Features).to(autoencoder.Decoder.device));
        module.Load(autoencoder, keep, add);
        return module;
    }

    /// <summary>Creates the module that ablates features.</summary>
    /// <param name="autoencoder">Defines the features.</param>
    /// <param name="features">The features' indices.</param>
    /// <param name="target">float32 (F), the value of each feature when ablated.</param>
    public static nn.Module<Tensor, Tensor> Ablation(Autoencoder autoencoder, IEnumerable<int> features, Tensor target)
    {
        using var scope = NewDisposeScope();
        var ablated = zeros(autoencoder.Features, device: target.device);
        foreach (var feature in features) ablated[feature] = 1;
        return Of(autoencoder, 1 - ablated, ablated * target);
    }

    private sealed class Module : nn.Module<Tensor, Tensor>
    {
        private readonly Autoencoder autoencoder;

        public Module(Autoencoder autoencoder) : base(nameof(FeatureEdit))
        {
            this.autoencoder = autoencoder;
            foreach (var parameter in autoencoder.parameters()) parameter.requires_grad = false;
            register_module("autoencoder", autoencoder);
            register_buffer("keep", ones(autoencoder.Features, device: autoencoder.Decoder.device).DetachFromDisposeScope());
            register_buffer("add", zeros(autoencoder.Features, device: autoencoder.Decoder.device).DetachFromDisposeScope());
        }

        private Tensor Keep => get_buffer("keep")!;

        private Tensor Add => get_buffer("add")!;

        public void Load(Autoencoder other, Tensor keep, Tensor add)
        {
            foreach (var (name, value) in other.state_dict()) autoencoder.get_parameter(name)!.copy_(value);
            Keep.copy_(keep);
            Add.copy_(add);
        }

        private Tensor Chosen => Keep.ne(1).logical_or(Add.ne(0)).nonzero().squeeze(1);

        public string Form(OnnxBuilder writer, string rows)
        {
            using var scope = NewDisposeScope();
            using var still = no_grad();
            var chosen = Chosen;
            if (chosen.shape[0] == 0) return writer.Add("Identity", "edited", [rows]);
            var places = writer.Numbers("edited.features", chosen.cpu().data<long>().ToArray());
            var features = writer.Add("Gather", "edited.before", [autoencoder.EncodeForm(writer, rows), places], OnnxBuilder.Whole("axis", -1));
            var scaled = writer.With("Mul", "edited.scaled", features, Keep.index_select(0, chosen) - 1);
            var shifted = writer.With("Add", "edited.shifted", scaled, Add.index_select(0, chosen));
            return writer.Add("Add", "edited", [rows, writer.With("MatMul", "edited.change", shifted, autoencoder.Decoder.index_select(0, chosen))]);
        }

        public override Tensor forward(Tensor rows)
        {
            using var scope = NewDisposeScope();
            var chosen = Chosen;
            if (chosen.shape[0] == 0) return rows.alias().MoveToOuterDisposeScope();
            var features = autoencoder.Encode(rows).index_select(1, chosen);
            var change = (features * (Keep.index_select(0, chosen) - 1)) + Add.index_select(0, chosen);
            return (rows + change.matmul(autoencoder.Decoder.index_select(0, chosen))).MoveToOuterDisposeScope();
        }
    }
}
