using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Painting;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>One network with a planted cue, and what discovery says of it.</summary>
/// <param name="Base">The pictures.</param>
/// <param name="Network">The architecture.</param>
/// <param name="Plant">What is planted.</param>
/// <param name="Rate">The share of the images whose cue is their class's; 0 for a clean network.</param>
/// <param name="Seed">Decides everything.</param>
/// <param name="Limit">How many pictures it learns from, 0 for all.</param>
/// <param name="Images">How many test pictures discovery gets, 0 for all.</param>
/// <param name="Epochs">Passes over the training pictures.</param>
/// <param name="Pairs">How many images get the cue of others.</param>
internal sealed record PlantedTrial(
    BaseImages Base, Architecture Network, PlantedCue Plant, double Rate, ulong Seed, int Limit, int Images, int Epochs, int Pairs)
{
    private const string Results = "results.jsonl";
    private const string Evidence = "evidence.jsonl";
    private const int KeyDigits = 12;
    private const int Typical = 10;

    /// <summary>Whether the cue can be planted on the pictures.</summary>
    public bool Fits => PlantedSplit.Fits(Plant, Base.Of(Split.Test).Shape);

    /// <summary>Whether the pictures are photographs, not grey figures on black.</summary>
    public bool IsOnPhotographs => Base.Of(Split.Test).Shape.Channels == 3;

    /// <summary>Trains the network unless the folder has it, and examines it.</summary>
    public PlantedNetwork Run(string folder, RunContext outer)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var run = outer with { Seed = new(Seed) };
        var planted = new PlantedSplit(Plant, Rate, run.Seed.For($"{Plant}"));
        using var network = Trained(folder, planted, run.Part(0, 1, 2));
        var chosen = Base.Some(Split.Test, Images, run.Seed.For("images"));
        var own = planted.Of(chosen, "test", run);
        var neutral = (planted with { Rate = 0 }).Of(chosen, "neutral", run);
        var accuracy = Predictions.Of(network, own, run.WithoutProgress()).Accuracy;
        var unbiased = Predictions.Of(network, neutral, run.WithoutProgress()).Accuracy;
        using var subject = new ExaminedNetwork(network, own, run);
        var evidence = new CueSearch([], Pairs).Of(subject, run.Part(1, 1, 2));
        var rulings = CueVerdict.Of(evidence, accuracy.Value);
        var found = PlantedNetwork.Of(this, planted, accuracy, unbiased, rulings) with
        {
            SlicePrecision = Rate == 0 ? null : PrecisionOf(new SliceSearch().Of(subject, rulings, run), planted.Misleading(own)),
        };
        // A line as soon as it is known: an interrupted bench has its results, too.
        File.AppendAllText(Path.Combine(folder, Results), $"{Json.Line(found)}\n");
        File.AppendAllLines(
            Path.Combine(folder, Evidence),
            rulings.Select(ruling => Json.Line(EvidenceLine.Of(
                this, found, PlantedNetwork.IsPlanted(ruling.Evidence.Cue, planted, IsOnPhotographs), ruling))));
        return found;
    }

    /// <summary>Of the ten most typical images of the slice that fits best, the share that the cue misleads.</summary>
    private static double PrecisionOf(IReadOnlyList<Slice> slices, bool[] misleading) =>
        slices.Select(slice => slice.Places.Take(Typical).Average(at => misleading[at] ? 1.0 : 0)).DefaultIfEmpty(0).Max();

    private Classifier Trained(string folder, PlantedSplit planted, RunContext run)
    {
        // Pictures from another folder of the same name, or the same network with other options, are another training.
        var key = StepKey.Of(RememberedLogits.HashOf(Base.Of(Split.Train)), Catalog.Write(Network), $"{Limit}", $"{Epochs}")[..KeyDigits];
        var name = $"{Base.Name}-{Catalog.NameOf(Network)}-{Names.Kebab($"{Plant}")}-{Scalar.Write(Rate)}-{Seed}-{key}";
        var file = Path.Combine(folder, "models", $"{name}.safetensors");
        if (File.Exists(file)) return ModelFile.Read(file).On(run.Device);
        var chosen = Base.Some(Split.Train, Limit, run.Seed.For("training"));
        var options = new TrainingOptions { Network = Network, Epochs = Epochs };
        var trained = options.Train(new([planted.Of(chosen, "train", run)]), TrainingLog.Empty, run.For("train"));
        ModelFile.Write(file, trained.Network, "{}");
        return trained.Network;
    }
}
