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

    /// <summary>The features that are muted when it is examined.</summary>
    public IReadOnlyList<int> Muted { get; private init; } = [];

    public IReadOnlyList<Neuron> Neurons { get; private init; } = [];

    public IReadOnlyList<Neuron> Features { get; private init; } = [];

    public required LogitAttribution Attribution { get; init; }

    public IReadOnlyList<Shortcut> Shortcuts { get; private init; } = [];

    public FeatureStrength[] Strengths { get; private init; } = [];

    public static DecomposedModel Of(StudyContext desk, string name, int seed)
    {
        using var scope = torch.NewDisposeScope();
        var (run, recipe, learned) = (desk.Run.For($"{name} {seed}"), desk.Recipe, desk.Learned(desk.Recipe.Train));
        var network = desk.Model(name, seed);
        var first = learned.Count - Math.Max(1, (int)(HeldOut * learned.Count));
        var (trained, rest) = (learned.Pick([.. Enumerable.Range(0, first)]), learned.Pick([.. Enumerable.Range(first, learned.Count - first)]));
        using var rows = ActivationRows.Of(network, trained, Layer, 1, run);
        using var unseen = ActivationRows.Of(network, rest, Layer, 1, run);
        var autoencoder = AutoencoderTrainer
            .Train(new() { Variant = new ReluL1(), Epochs = recipe.SparseEpochs }, rows.Values, run.For("decompose"))
            .Autoencoder;
        var unbiased = desk.Test(recipe.Unbiased, recipe.Looked);
        var attribution = LogitAttribution.Of(network, autoencoder, Layer, unbiased, run);
        var strengths = new[] { recipe.Unbiased, recipe.Train, recipe.Grey }
            .Select(set => FeatureStrength.Of(network, autoencoder, Layer, desk.Test(set, recipe.Looked), run))
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
            Shortcuts = Shortcut.Find(attribution, strengths[0].ByColor, strengths[0].Colors, learned),
            Neurons = Probed(network, Layer),
            // The probed network shares its weights with the patient, who is disposed in its place.
            Features = Probed(Decomposed.Of(network, Layer, autoencoder), Decomposed.Features),
        };

        IReadOnlyList<Neuron> Probed(Classifier seen, string layer)
        {
            var (colored, grey) = (
                LayerReading.Of(seen, unbiased, layer, 1, run),
                LayerReading.Of(seen, desk.Test(recipe.Grey, recipe.Looked), layer, 1, run));
            return new Prober(new QuantileBins(), Permutations, Resamples, new(), new(), 0).Probe(
                colored.Means,
                grey.Means,
                grey.Strongest,
                run.For(layer));
        }
    }

    /// <summary>The same patient, with features muted.</summary>
    public DecomposedModel Without(IEnumerable<int> features) => this with { Muted = [.. features] };

    /// <summary>The network with features muted; it shares the patient's weights.</summary>
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
        var network = Muted.Count == 0 ? Network : Operated(Muted);
        return new(Examination.Of(network, own, null, run), Examination.Of(network, reversed, null, run));
    }

    /// <summary>A feature's largest activation on a set: a dose that some image has by itself.</summary>
    public double Strongest(int feature, ImageSet set, RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        return Autoencoder.Encode(Cut.Rows(Cut.Store(Network, set, Layer, run))).select(1, feature).max().item<float>();
    }

    public void Dispose()
    {
        Network.Dispose();
        Autoencoder.Dispose();
    }
}

/// <summary>A network before or after an operation, on its own and on the reversed set.</summary>
internal sealed record Examinations(Examination Own, Examination Reversed);
