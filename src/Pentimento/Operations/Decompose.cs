using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Training;
using Pentimento.Training;
using TorchSharp;

namespace Pentimento.Operations;

/// <summary>Trains a sparse autoencoder on a layer's activations.</summary>
/// <remarks>
/// The set's training split is taken if the argument does not say. A tenth of its images, of every class its share, is held out: every figure is
/// measured there.
/// lossRecovered is 1 for the untouched network and 0 for a layer of zeros; inserted.recoveredFromMean starts from the mean instead.
/// </remarks>
/// <example>
/// pentimento decompose lazy.safetensors --data rg_95z --layer fc1 --with top-k:k=16 --out features.safetensors
/// pentimento decompose lazy.safetensors --data rg_95z --layer relu3 --with relu-l1 --places 4 --seeds 3
/// pentimento decompose --activations layer.npz --with jump-relu --width 8
/// </example>
public sealed record Decompose : DataOperation<DecomposeResult>
{
    // Metrics are measured on images that no training saw: the last of the set.
    private const double HeldOut = 0.1;
    private static readonly AutoencoderTrainingOptions Usual = new();

    /// <summary>The network whose layer is decomposed; not needed with --activations.</summary>
    [Argument]
    public NetworkRef? Model { get; init; }

    /// <summary>The set whose activations are learned from.</summary>
    public DataRef? Data { get; init; }

    /// <summary>The architecture of weights that do not name their own, e.g. cnn3.</summary>
    public Architecture? Network { get; init; }

    /// <summary>
    /// What is done to images in [0, 1] before the network reads them: imagenet, symmetric, caffe, none, or steps as mean=0.5,std=0.5.
    /// </summary>
    [Form("STEPS")]
    public Preprocess? Preprocess { get; init; }

    /// <summary>Learn from an npz of activations (N, C) instead of MODEL and --data.</summary>
    [Input("F.npz")]
    public string? Activations { get; init; }

    /// <summary>The cut to decompose (default: fc1 or, where there is none, what the last linear layer reads).</summary>
    [Form("L")]
    public string? Layer { get; init; }

    /// <summary>One of: pentimento list autoencoders.</summary>
    public Variant With { get; init; } = Usual.Variant;

    /// <summary>Features for each input.</summary>
    [Range(0.01, 1000.0)]
    public double Width { get; init; } = Usual.Width;

    /// <summary>
    /// Where directions start and how far they may go: free (at random, anywhere) or anchored (at centroids of the data, and near them: alike over
    /// seeds).
    /// </summary>
    public Directions Directions { get; init; } = Usual.Directions;

    /// <summary>One of: pentimento list optimizers.</summary>
    public Optimizer Optimizer { get; init; } = Usual.Optimizer;

    /// <summary>One of: pentimento list schedules.</summary>
    public Schedule Schedule { get; init; } = Usual.Schedule;

    /// <summary>Epochs of training.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = Usual.Epochs;

    /// <summary>Rows in one step.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = Usual.Batch;

    /// <summary>Of a layer with maps: places drawn of each image, among those that see anything.</summary>
    [Range(1, int.MaxValue)]
    public int Places { get; init; } = 8;

    /// <summary>Train this many, alike but for chance, and say how alike their features are; the first is written.</summary>
    [Range(1, int.MaxValue)]
    public int Seeds { get; init; } = 1;

    /// <summary>Where the autoencoder is written.</summary>
    [Output("F.safetensors")]
    public string Out { get; init; } = "autoencoder.safetensors";

    /// <summary>Draw the training curves, as PNG.</summary>
    [Output("F.png")]
    public string? Picture { get; init; }

    internal override void Check()
    {
        Require.That(
            Activations is null || (Model is null && Data is null),
            $"--activations stands instead of MODEL and --data; give one or the other.");
        Require.That(
            Activations is not null || (Model is not null && Data is not null),
            $"decompose needs a MODEL and one --data, or --activations.");
    }

    /// <inheritdoc/>
    internal override DecomposeResult Run(RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        return Activations is { } file ? OfRows(file, run) : OfLayer(Model!, Data!, run);
    }

    // Whatever the run's seed: dictionaries of several seeds are compared on the same images.
    private static Seed HeldOutSeed => new Seed(0).For("held out");

    private DecomposeResult OfRows(string file, RunContext run)
    {
        using var all = ActivationRows.Read(file);
        Require.That(all.Count > 1, $"{file} holds {all.Count} row; training and measuring need two.");
        var (training, held) = all.HoldOut(Math.Max(HeldOut, 1.0 / all.Count), HeldOutSeed);
        using var learned = training;
        using var unseen = held;
        return Train(null, null, "", learned, unseen, _ => null, run);
    }

    private DecomposeResult OfLayer(NetworkRef model, DataRef data, RunContext run)
    {
        using var network = NetworkOperation<DecomposeResult>.Load(model, Network, Preprocess, null, run, Layer is null ? [] : [Layer]);
        var layer = Layer ?? network.UsualFeatures;
        var set = NetworkOperation<DecomposeResult>.Fitted(Find(data, Split.Train, network.Shape, run), network);
        Require.That(set.Count > 1, $"{set.Name} holds {set.Count} image; training and measuring need two.");
        var (training, held) = new Environments([set]).HoldOut(Math.Max(HeldOut, 1.0 / set.Count), HeldOutSeed);
        var (learned, rest) = (training.Sets[0], held[0]);
        // A network that gives no answers is refused before anything is learned from it.
        using (Predictor.Logits(network, rest, run)) { }
        using var rows = ActivationRows.Of(network, learned, layer, Places, run);
        using var unseen = ActivationRows.Of(network, rest, layer, Places, run);
        return Train(
            layer, set.Name, WeightHash.Of(network), rows, unseen,
            autoencoder => InsertedReconstruction.Of(autoencoder, network, rest, layer, run), run);
    }

    private DecomposeResult Train(
        string? cut,
        string? data,
        string network,
        ActivationRows rows,
        ActivationRows unseen,
        Func<Autoencoder, InsertedReconstruction?> insert,
        RunContext run)
    {
        var options = Options();
        var all = Enumerable.Range(0, Seeds).Select(at => at == 0 ? run : run with { Seed = run.Seed.For(at) })
            .Select(training => AutoencoderTrainer.Train(options, rows.Values, training.For("decompose"))).ToList();
        var (autoencoder, history) = all[0];
        var file = Path.GetFullPath(Out);
        AutoencoderFile.Write(file, autoencoder, cut ?? "", Recipe(options, data, run), network);
        var (rebuilt, inserted) = (Reconstruction.Of(autoencoder, unseen.Values), insert(autoencoder));
        var stability = all.Count == 1 ? null : DictionaryStability.Of([.. all.Select(one => (torch.Tensor)one.Autoencoder.Decoder)]);
        all.ForEach(one => one.Autoencoder.Dispose());
        return new(
            file, cut, autoencoder.Inputs, autoencoder.Features, rows.Count, unseen.Count, rebuilt.Fvu, rebuilt.Explained, rebuilt.L0, rebuilt.Dead,
            inserted?.RecoveredFromZero, inserted, stability)
        {
            History = history,
        };
    }

    private AutoencoderTrainingOptions Options() => new()
    {
        Variant = With,
        Width = Width,
        Directions = Directions,
        Optimizer = Optimizer,
        Schedule = Schedule,
        Epochs = Epochs,
        Batch = Batch,
    };

    private static string Recipe(AutoencoderTrainingOptions options, string? data, RunContext run)
    {
        JsonObject recipe = Binder.Describe(options)!.AsObject();
        recipe["seed"] = run.Seed.Value;
        if (data is not null) recipe["data"] = data;
        return recipe.ToJsonString();
    }
}

/// <summary>A trained sparse autoencoder, measured on rows that it has not learned from. Fractions are of 1.</summary>
/// <param name="Autoencoder">The file that was written.</param>
/// <param name="Layer">The cut; null where activations were given.</param>
/// <param name="Inputs">C, the activations of a row.</param>
/// <param name="Features">F, the features.</param>
/// <param name="Rows">How many rows were learned from.</param>
/// <param name="HeldOut">How many others were measured on.</param>
/// <param name="Fvu">The fraction of variance unexplained.</param>
/// <param name="Explained">The fraction explained.</param>
/// <param name="L0">The mean number of active features of a row.</param>
/// <param name="Dead">The share of features active on none of the rows.</param>
/// <param name="LossRecovered">The share of the loss between zeros (0) and the untouched network (1); null where activations were given.</param>
/// <param name="Inserted">The network with the reconstruction inserted; null where activations were given.</param>
/// <param name="Stability">How alike the dictionaries of several seeds are; null for one seed.</param>
public sealed record DecomposeResult(
    string Autoencoder,
    string? Layer,
    long Inputs,
    long Features,
    long Rows,
    long HeldOut,
    double Fvu,
    double Explained,
    double L0,
    double Dead,
    double? LossRecovered,
    InsertedReconstruction? Inserted,
    DictionaryStability? Stability)
{
    /// <summary>What the training measured, by epoch.</summary>
    [JsonInclude]
    internal IReadOnlyList<SparseEpoch> History { get; init; } = [];
}
