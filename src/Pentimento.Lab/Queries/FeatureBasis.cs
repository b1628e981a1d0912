using System.Text.Json.Nodes;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>The features of a sparse autoencoder. What it cannot rebuild stays in the activations, as <c>operate</c> leaves it.</summary>
/// <remarks>x' = x + (a' - a) W_dec, as <see cref="Editing.FeatureEdit"/>.</remarks>
/// <param name="name">How the screens call it.</param>
/// <param name="file">Its file.</param>
/// <param name="cut">The cut whose activations it encodes.</param>
/// <param name="autoencoder">Defines the features; disposed with this.</param>
internal sealed class FeatureBasis(string name, string file, string cut, Autoencoder autoencoder) : ChannelBasis(name, cut, "feature")
{
    // So many features' values are encoded at once, at most.
    private const long MostAtOnce = 1L << 24;

    // Enough to say whether an autoencoder and a network belong together.
    private const int Measured = 200;
    private const int Places = 8;

    /// <summary>The hash of the weights of the network that it learned from; empty where its file does not say.</summary>
    public string Learned { get; init; } = "";

    /// <summary>How many activations of a place it takes in.</summary>
    public long Inputs => autoencoder.Inputs;

    /// <summary>What must be said of it beside a network; null where it learned from that one.</summary>
    public string? Caution(LabNetwork network) => Learned.Length == 0
        ? "Its file does not say which network it learned from; one that learned from another explains little, or less than nothing."
        : Learned == network.WeightHash ? null
            : $"It learned from a network with other weights than {network.Name}: its features may stand for nothing here.";

    /// <summary>Whether it takes in what a network has at the cut.</summary>
    public bool Fits(Classifier network) => network.Cuts.Contains(Cut) && CutActivations.Inputs(network, Cut) == autoencoder.Inputs;

    /// <inheritdoc/>
    public override long Count(Tensor activations) => autoencoder.Features;

    /// <inheritdoc/>
    public override Tensor Of(Tensor activations)
    {
        var features = CutActivations.Shape(autoencoder.Encode(CutActivations.Rows(activations)), activations);
        return features.dim() == 3 ? features.transpose(1, 2) : features;
    }

    /// <inheritdoc/>
    public override Tensor Encoded(Tensor activations)
    {
        using var scope = NewDisposeScope();
        var rows = CutActivations.Rows(activations);
        var encoded = empty(autoencoder.Features, rows.shape[0], device: rows.device);
        var most = Math.Max(1, MostAtOnce / autoencoder.Features);
        for (var start = 0L; start < rows.shape[0]; start += most)
        {
            using var inner = NewDisposeScope();
            var size = Math.Min(most, rows.shape[0] - start);
            encoded.narrow(1, start, size).copy_(autoencoder.Encode(rows.narrow(0, start, size)).t());
        }

        return encoded.view(autoencoder.Features, activations.shape[0], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Edited(Tensor activations, Tensor keep, Tensor added, Tensor? encoded = null)
    {
        using var scope = NewDisposeScope();
        var chosen = keep.ne(1).logical_or(added.ne(0)).nonzero().squeeze(1);
        if (chosen.shape[0] == 0) return activations.alias().MoveToOuterDisposeScope();
        var features = (encoded ?? Encoded(activations)).index_select(0, chosen).flatten(1);
        var change = (features * (keep.index_select(0, chosen) - 1).unsqueeze(1)) + added.index_select(0, chosen).unsqueeze(1);
        var rows = addmm(CutActivations.Rows(activations), change.t(), autoencoder.Decoder.index_select(0, chosen), 1, 1);
        return CutActivations.Shape(rows, activations).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override JsonObject Settings(InsideQuestion question) => new()
    {
        ["autoencoder"] = file,
        ["ablate"] = EquivalentCode.Ablated(question),
        ["steer"] = EquivalentCode.Steered(question),
    };

    /// <summary>The share of the variance of a network's activations that it rebuilds: of another network's than it learned from, little.</summary>
    public double Explained(Classifier network, Data.ImageSet images, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var rows = ActivationRows.Of(network, images.Take(Measured), Cut, Places, run);
        return rows.Count == 0 ? double.NaN : Reconstruction.Of(autoencoder, rows.Values).Explained;
    }

    /// <inheritdoc/>
    public override void Dispose() => autoencoder.Dispose();
}
