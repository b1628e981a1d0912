using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Painting.Objects;

namespace Pentimento.Experiments;

/// <summary>The graph of a run on objects: three trainings, then what is asked of each network.</summary>
/// <param name="recipe">What to do.</param>
internal sealed class ObjectsPlan(ObjectsRecipe recipe)
{
    private const string Datasets = "datasets";
    private const string Logits = "logits.npz";
    private const int ShownOfEachGroup = 2;
    private readonly BackgroundExamination examination = new(recipe);

    /// <summary>The steps.</summary>
    public IReadOnlyList<Step> Steps() =>
    [
        new ComputedStep(Datasets, [], [$"{ObjectPainter.Version}", $"{recipe.Limit}", .. recipe.Evaluate], Summarize),
        .. ObjectsRecipe.Networks.SelectMany(Steps),
    ];

    /// <summary>Puts the run together from its finished steps.</summary>
    public static ObjectsResults Gather(StepResults done, string folder)
    {
        Artifacts.Join(Path.Combine(folder, "data/samples.npz"), [done[Datasets].At(Artifacts.Samples)]);
        foreach (var network in ObjectsRecipe.Networks)
            Artifacts.Join(Path.Combine(folder, $"data/examples-{network}.npz"), [done[Focus(network)].At(BackgroundExamination.Examples)]);
        return new(done.Of<IReadOnlyList<ObjectsSummary>>(Datasets), [.. ObjectsRecipe.Networks.Select(network => Network(done, network))]);
    }

    private static ObjectsNetwork Network(StepResults done, string network)
    {
        var trained = done.Of<TrainResult>(network);
        return new(
            network,
            trained.Supervision,
            trained.History,
            trained.Evaluations,
            done.Of<SetEvaluation>(Groups(network)),
            done.Of<BackgroundSwap>(Swap(network)),
            done.Of<IReadOnlyList<BackgroundLocalization>>(Focus(network)));
    }

    private static string Groups(string network) => $"groups-{network}";

    private static string Swap(string network) => $"swap-{network}";

    private static string Focus(string network) => $"focus-{network}";

    private IEnumerable<Step> Steps(string network) =>
    [
        new OperationStep(network, Train(network)),
        new ComputedStep(Groups(network), [network], Parts, (done, _, run) => FindGroups(network, done, run)),
        new ComputedStep(Swap(network), [network], Parts, (done, _, run) => Examine(network, done, run, trained => examination.Swap(trained, run))),
        new ComputedStep(Focus(network), [network], [.. Parts, Catalog.Write(recipe.Explain)], (done, folder, run) =>
            Examine(network, done, run, trained => examination.Explain(trained, folder, run))),
    ];

    private IReadOnlyList<string> Parts => [$"{ObjectPainter.Version}", $"{recipe.Limit}", .. recipe.Evaluate];

    private Train Train(string network) => new()
    {
        Data = network == ObjectsRecipe.Networks[2] ? [recipe.Train, recipe.Reversed] : [recipe.Train],
        Limit = recipe.Limit,
        Training = recipe.Of(network),
        Evaluate = [.. recipe.Evaluate.Select(name => new DataRef(name))],
        Name = network,
        Out = OperationStep.NetworkFile,
        Save = Logits,
    };

    private SetEvaluation FindGroups(string network, StepResults done, RunContext run)
    {
        var evaluations = done.Of<TrainResult>(network).Evaluations;
        var known = new SavedPredictions(done[network].At(Logits), evaluations);
        var (last, set) = (recipe.Evaluate.Count - 1, Find(recipe.Independent, run));
        var predictions = new Predictions(set.Name, known.Classes(last), set.Labels, ObjectAtlas.ClassNames.Length);
        return GroupEvaluation.With(evaluations[last], predictions, set, [ObjectPainter.Ground], null);
    }

    private static object Examine(string network, StepResults done, RunContext run, Func<Classifier, object> work)
    {
        using var trained = ModelFile.Read(done[network].At(OperationStep.NetworkFile)).On(run.Device);
        return work(trained);
    }

    private List<ObjectsSummary> Summarize(StepResults done, string folder, RunContext run)
    {
        var (summaries, samples) = (new List<ObjectsSummary>(), new List<KeyValuePair<string, NpyArray>>());
        foreach (var name in recipe.Evaluate)
        {
            var (test, canvas) = (Find(name, run), ObjectCanvas.Parse(name));
            var grounds = test.Attributes[ObjectPainter.Ground];
            var aligned = test.Labels.Zip(grounds).LongCount(pair => canvas.Dominant(pair.First) == pair.Second);
            var train = DataLibrary.Objects(name)!.Count(Split.Train);
            summaries.Add(new(name, recipe.Limit > 0 ? Math.Min(recipe.Limit, train) : train, test.Count, new(aligned, test.Count)));
            var shown = test.Pick([.. Enumerable.Range(0, test.Count).GroupBy(at => (test.Labels[at], grounds[at])).OrderBy(group => group.Key)
                .SelectMany(group => group.Take(ShownOfEachGroup))]);
            samples.AddRange(ImageSetFile.Arrays(shown).Select(pair => KeyValuePair.Create($"{name}/{pair.Key}", pair.Value)));
        }

        Npz.Write(Path.Combine(folder, Artifacts.Samples), samples);
        return summaries;
    }

    private ImageSet Find(string name, RunContext run) => new DataLibrary(run.Cache, run.Threads).Find(name, Split.Test, recipe.Limit, run);
}
