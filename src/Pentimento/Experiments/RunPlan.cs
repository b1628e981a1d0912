using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>The graph of <c>run</c>: two trainings, the second on the first one's errors, then what is asked of both networks.</summary>
/// <param name="recipe">What to do.</param>
internal sealed class RunPlan(Recipe recipe)
{
    private const string Datasets = "datasets";
    private static readonly string[] Others = ["split", "plain", "unbiased"];
    private const string Logits = "logits.npz";

    // All that decides the bytes of the canvases besides their names.
    private readonly string painted = recipe.Painting.Hash(CancellationToken.None);

    /// <summary>The steps.</summary>
    /// <exception cref="BadInputException">A network has no such layer as is to be explained.</exception>
    public IReadOnlyList<Step> Steps()
    {
        CheckLayer();
        return Graph();
    }

    /// <summary>The steps of a recipe whose layer is there.</summary>
    internal IReadOnlyList<Step> Graph()
    {
        var (first, second) = (Recipe.Networks[0], Recipe.Networks[1]);
        var examination = new NetworkExamination(recipe, painted, Logits);
        return
        [
            new ComputedStep(Datasets, [], [painted, recipe.Train, $"{recipe.Limit}", .. recipe.Evaluate], Summarize),
            Training(first, Train(first, recipe.Lazy)),
            Training(second, Train(second, recipe.Repaired) with { ErrorsOf = $"step:{first}" }),
            .. Beside(first),
            .. Recipe.Networks.SelectMany(examination.Steps),
        ];
    }

    /// <summary>What the repair is seen beside, trained with its options and the plain loss: on the same split, where the repair's loss is another;
    /// without a split, which is its control; and on digits whose colour carries nothing, which is the ceiling.</summary>
    private IEnumerable<Step> Beside(string first)
    {
        var plain = recipe.Repaired with { Objective = new EmpiricalRisk() };
        if (recipe.Repaired.Objective is not EmpiricalRisk)
            yield return Training(Others[0], Train(Others[0], plain) with { ErrorsOf = $"step:{first}" });
        yield return Training(Others[1], Train(Others[1], plain));
        var ceiling = Canvas.Parse(recipe.Train) with { Mode = Mode.Un, Percent = 0 };
        yield return Training(Others[2], Train(Others[2], plain) with { Data = [Reference($"{ceiling}")] });
    }

    /// <summary>Puts the run together from its finished steps.</summary>
    public static Results Gather(StepResults done, string folder)
    {
        var trained = Recipe.Networks.ToDictionary(network => network, network => done.Of<TrainResult>(network));
        var (first, second) = (trained[Recipe.Networks[0]], trained[Recipe.Networks[1]]);
        var results = new Results(
            done.Of<IReadOnlyList<CanvasSummary>>(Datasets),
            Short(first.History),
            second.Split ?? throw new BadInputException($"The step '{Recipe.Networks[1]}' says of no environments."),
            Short(second.History),
            [.. trained.Select(pair => Named(pair.Key, pair.Value))],
            [.. Recipe.Networks.Select(network => done.Of<NetworkAudit>(NetworkExamination.Audit(network)))],
            [.. Recipe.Networks.SelectMany(network => done.Of<IReadOnlyList<NetworkLocalization>>(NetworkExamination.Focus(network)))],
            [.. Recipe.Networks.SelectMany(network => done.Of<IReadOnlyList<NetworkAttack>>(NetworkExamination.Attacks(network)))])
        {
            Beside =
            [
                .. Others.Where(one => done.Find(one) is not null).Select(one => Named(one, done.Of<TrainResult>(one))),
            ],
        };
        Artifacts.Join(Path.Combine(folder, "data/samples.npz"), [done[Datasets].At(Artifacts.Samples)]);
        Artifacts.Join(
            Path.Combine(folder, "data/explanations.npz"),
            [.. Recipe.Networks.Select(network => done[NetworkExamination.Focus(network)].At(Artifacts.Explanations))]);
        Artifacts.Join(
            Path.Combine(folder, "data/attacks.npz"),
            [.. Recipe.Networks.Select(network => done[NetworkExamination.Attacks(network)].At(Artifacts.Attacks))]);
        return results;
    }

    // Seconds on two cores, of sixty thousand images: an epoch is most of the work, and its ratio to the rest is what counts.
    private OperationStep Training(string name, Train train) => new(name, train)
    {
        Weight = 1 + (20.0 * train.Training.Epochs * (recipe.Limit > 0 ? Math.Min(1, recipe.Limit / 60_000.0) : 1)),
    };

    private Train Train(string network, TrainingOptions options) => new()
    {
        Data = [Reference(recipe.Train)],
        Limit = recipe.Limit,
        Training = options,
        Evaluate = [.. recipe.Evaluate.Select(Reference)],
        EvaluateLimit = recipe.EvaluateLimit,
        Name = network,
        Out = OperationStep.NetworkFile,
        Save = Logits,
    };

    // A run paints all its sets in one way: their names alone tell them apart.
    private static NetworkEvaluation Named(string network, TrainResult trained) =>
        new(network, [.. trained.Evaluations.Select(set => set with { Data = PaintedName.Short(set.Data) })]);

    private static IReadOnlyList<EpochRecord> Short(IReadOnlyList<EpochRecord> history) =>
    [
        .. history.Select(epoch => epoch with
        {
            Evaluations = [.. epoch.Evaluations.Select(set => set with { Data = PaintedName.Short(set.Data) })],
            Validations = [.. epoch.Validations.Select(set => set with { Data = PaintedName.Short(set.Data) })],
        }),
    ];

    private DataRef Reference(string name) => new($"{recipe.Painted(name)}");

    private List<CanvasSummary> Summarize(StepResults done, string folder, RunContext run)
    {
        var library = new DataLibrary(run.Cache, run.Threads);
        var summaries = new List<CanvasSummary>();
        var samples = new List<ImageSet>();
        foreach (var name in recipe.Evaluate)
        {
            var test = library.Find(recipe.Painted(name).ToString(), Split.Test, recipe.Limit, run).Called(name);
            var canvas = Canvas.Parse(name);
            var train = DatasetFolder.Count(library.Painted(recipe.Painted(name), run), Split.Train);
            var dominant = canvas.CountBiasAligned(test);
            summaries.Add(new(name, recipe.Limit > 0 ? Math.Min(recipe.Limit, train) : train, test.Count, new(dominant, test.Count)));
            samples.Add(test);
        }

        Artifacts.WriteSamples(Path.Combine(folder, Artifacts.Samples), samples);
        return summaries;
    }

    /// <summary>Notices before any training what would otherwise be noticed after it.</summary>
    private void CheckLayer()
    {
        foreach (var options in (TrainingOptions[])[recipe.Lazy, recipe.Repaired])
        {
            using var sketch = options.Network.Build(new(28, 28, 3), 10, new Seed(recipe.Seed));
            Require.That(
                sketch.Maps.Contains(recipe.Explain.Layer),
                $"explain.layer: no layer '{recipe.Explain.Layer}' with maps in {Catalog.Write(options.Network)}; "
                    + $"{Names.Suggest(recipe.Explain.Layer, sketch.Maps)}");
        }
    }
}
