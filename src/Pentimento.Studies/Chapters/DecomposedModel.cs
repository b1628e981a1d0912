using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Networks;
using Pentimento.Probing;
using Pentimento.Sparse;
using Pentimento.Sparse.Training;
using Pentimento.Sparse.Variants;
using Pentimento.Studies.Parts;
using TorchSharp;

namespace Pentimento.Studies.Chapters;

/// <summary>A network with its features.</summary>
internal sealed record DecomposedModel(
    string Name,
    int Seed,
    Classifier Network,
    Autoencoder Autoencoder,
    Reconstruction Quality,
    InsertedReconstruction Inserted) : IDisposable
{
    /// <summary>The cut that is taken apart.</summary>
    public const string Layer = "fc1";

    private const double HeldOut = 0.1;
    private const int Permutations = 100;
    private const int Resamples = 20;

    /// <summary>The features that are ablated when it is examined.</summary>
    public IReadOnlyList<int> Ablated { get; private init; } = [];

    public IReadOnlyList<Neuron> Neurons { get; private init; } = [];

    public IReadOnlyList<Neuron> Features { get; private init; } = [];

    public required LogitAttribution Attribution { get; init; }

    public IReadOnlyList<ShortcutFeature> Shortcuts { get; private init; } = [];

    public FeatureStrength[] Strengths { get; private init; } = [];

    public static DecomposedModel Of(StudyContext context, string name, int seed)
    {
        using var scope = torch.NewDisposeScope();
        var (run, recipe, learned) = (context.Run.For($"{name} {seed}"), context.Recipe, context.Learned(context.Recipe.Train));
        var network = context.Model(name, seed);
        var first = learned.Count - Math.Max(1, (int)(HeldOut * learned.Count));
        var (trained, rest) = (learned.Pick([.. Enumerable.Range(0, first)]), learned.Pick([.. Enumerable.Range(first, learned.Count - first)]));
        using var rows = ActivationRows.Of(network, trained, Layer, 1, run);
        using var unseen = ActivationRows.Of(network, rest, Layer, 1, run);
        var autoencoder = AutoencoderTrainer
            .Train(new() { Variant = new ReluL1(), Epochs = recipe.SparseEpochs }, rows.Values, run.For("decompose"))
            .Autoencoder;
        var unbiased = context.Test(recipe.Unbiased, recipe.Looked);
        var attribution = LogitAttribution.Of(network, autoencoder, Layer, unbiased, run);
        var strengths = new[] { recipe.Unbiased, recipe.Train, recipe.Grey }
            .Select(set => FeatureStrength.Of(network, autoencoder, Layer, context.Test(set, recipe.Looked), run))
            .ToArray();
        return new(
            name,
            seed + 1,
            network,
            autoencoder,
            Reconstruction.Of(autoencoder, unseen.Values),
            InsertedReconstruction.Of(autoencoder, network, rest, Layer, run))
        {
            Attribution = attribution,
            Strengths = strengths,
            Shortcuts = ShortcutFeature.Find(attribution, strengths[0].ByColor, strengths[0].Colors, learned),
            Neurons = Probed(network, Layer),
            // The probed network shares its weights with the model, who is disposed in its place.
            Features = Probed(Decomposed.Of(network, Layer, autoencoder), Decomposed.Features),
        };

        IReadOnlyList<Neuron> Probed(Classifier seen, string layer)
        {
            var (colored, grey) = (
                PooledActivations.Of(seen, unbiased, layer, 1, run),
                PooledActivations.Of(seen, context.Test(recipe.Grey, recipe.Looked), layer, 1, run));
            return new Prober(new QuantileBins(), Permutations, Resamples, new(), new(), 0).Probe(
                colored.Means,
                grey.Means,
                grey.Strongest,
                run.For(layer));
        }
    }

    /// <summary>The same model, with features ablated.</summary>
    public DecomposedModel Without(IEnumerable<int> features) => this with { Ablated = [.. features] };

    /// <summary>The network with features ablated; it shares the model's weights.</summary>
    public Classifier Operated(IEnumerable<int> features)
    {
        using var target = torch.zeros(Autoencoder.Features);
        return Edited.Of(
            Network,
            Layer,
            new FeatureEdit { Autoencoder = Autoencoder.Variant, Count = (int)Autoencoder.Features },
            FeatureEdit.Ablation(Autoencoder, features, target));
    }

    /// <summary>Examines it on its own and on the reversed set.</summary>
    public Examinations Examine(ImageSet own, ImageSet reversed, RunContext run)
    {
        var network = Ablated.Count == 0 ? Network : Operated(Ablated);
        return new(Examination.Of(network, own, null, run), Examination.Of(network, reversed, null, run));
    }

    /// <summary>A feature's largest activation on a set: a dose that some image has by itself.</summary>
    public double Strongest(int feature, ImageSet set, RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        return Autoencoder.Encode(CutActivations.Rows(CutActivations.Store(Network, set, Layer, run))).select(1, feature).max().item<float>();
    }

    public void Dispose()
    {
        Network.Dispose();
        Autoencoder.Dispose();
    }
}

/// <summary>A network before or after an operation, on its own and on the reversed set.</summary>
internal sealed record Examinations(Examination Own, Examination Reversed);
