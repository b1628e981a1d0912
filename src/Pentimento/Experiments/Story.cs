using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Training;
using Pentimento.Training.Procedures;
using TorchSharp;

namespace Pentimento.Experiments;

/// <summary>The whole story, stage by stage, in one run folder.</summary>
public sealed class Story
{
    /// <summary>The networks' names, in the order of the story.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["lazy", "repaired"];

    private const int StageCount = 8;

    // Each digit is painted ten times; more of them would narrow an interval that is narrow already.
    private const int Audited = 2000;

    private readonly StagedProgress narrator;
    private readonly RunContext run;
    private readonly Recipe recipe;
    private readonly RunFolder folder;
    private readonly DataLibrary library;
    private int stages;

    /// <summary>Prepares a story.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where results go, and where finished stages are found.</param>
    /// <param name="library">Where painted canvases are kept.</param>
    /// <param name="run">The device, progress, and the wish to stop; the seed is the recipe's.</param>
    public Story(Recipe recipe, RunFolder folder, DataLibrary library, RunContext run)
    {
        (this.recipe, this.folder, this.library) = (recipe, folder, library);
        narrator = new(run.Progress);
        this.run = run with { Seed = new(recipe.Seed), Progress = narrator };
    }

    /// <summary>Runs what is not done yet.</summary>
    public Results Run()
    {
        stages = 0;
        CheckLayer();
        SafeFile.Write(folder.At("recipe.yaml"), recipe.ToYaml());
        var data = Stage(
            "datasets",
            [string.Join(',', recipe.Evaluate), recipe.Train, $"{recipe.Limit}", $"{Painter.Version}"],
            ["data/samples.npz"],
            Datasets);
        var lazy = Stage("lazy", [data.Key, Told(recipe.Lazy)], [ModelOf("lazy")], () => Teach("lazy", recipe.Lazy, new([Training()])));
        var split = Stage("environments", [lazy.Key], [], () => Infer().Split);
        var repaired = Stage("repaired", [split.Key, Told(recipe.Repaired)], [ModelOf("repaired")], () =>
            Teach("repaired", recipe.Repaired, Infer().Environments));
        var evaluations = Stage("evaluations", [lazy.Key, repaired.Key], [], Evaluate);
        var audit = Stage("audit", [lazy.Key, repaired.Key], [], Audit);
        var focus = Stage("focus", [lazy.Key, repaired.Key, Told(recipe.Explain)], ["data/explanations.npz"], Explain);
        var attacks = Stage("attacks", [lazy.Key, repaired.Key, Told(recipe.Attack)], ["data/attacks.npz"], Attack);
        return new(data.Result, lazy.Result, split.Result, repaired.Result, evaluations.Result, audit.Result, focus.Result, attacks.Result);
    }

    /// <summary>The results of a finished run, from its folder alone.</summary>
    /// <exception cref="BadInputException">The run is not finished.</exception>
    public static Results Read(RunFolder folder)
    {
        var results = Stored(folder);
        // Names become those of figures and their files.
        foreach (var name in results.Names) RecipeFile.CheckNameOfSet(name, folder.At("results.json"));
        return results;
    }

    private static Results Stored(RunFolder folder) => new(
        folder.Result<IReadOnlyList<CanvasSummary>>("datasets"),
        folder.Result<IReadOnlyList<EpochRecord>>("lazy"),
        folder.Result<ErrorSplit>("environments"),
        folder.Result<IReadOnlyList<EpochRecord>>("repaired"),
        folder.Result<IReadOnlyList<NetworkEvaluation>>("evaluations"),
        folder.Result<IReadOnlyList<NetworkAudit>>("audit"),
        folder.Result<IReadOnlyList<NetworkLocalization>>("focus"),
        folder.Result<IReadOnlyList<NetworkAttack>>("attacks"));

    private (T Result, string Key) Stage<T>(string name, string[] depends, string[] outputs, Func<T> work)
    {
        narrator.Turn($"{++stages} of {StageCount}, {name}");
        return folder.Stage(name, [.. depends, $"{recipe.Seed}", $"{run.Device}"], outputs, work, run);
    }

    /// <summary>Notices before any training what would otherwise be noticed after it.</summary>
    private void CheckLayer()
    {
        foreach (var pupil in new[] { recipe.Lazy, recipe.Repaired })
        {
            using var sketch = pupil.Network.Build(new(28, 28, 3), 10, run.Seed);
            Require.That(
                sketch.Maps.Contains(recipe.Explain.Layer),
                $"explain.layer: no layer '{recipe.Explain.Layer}' with maps in {Catalog.Write(pupil.Network)}; {Names.Suggest(recipe.Explain.Layer, sketch.Maps)}"
            );
        }
    }

    private static string Told(object settings) => Binder.Describe(settings)!.ToJsonString();

    private static string ModelOf(string network) => $"models/{network}.safetensors";

    private ImageSet Training() => library.Find(recipe.Train, Split.Train, recipe.Limit, run);

    private ImageSet Test(string name) => library.Find(name, Split.Test, recipe.Limit, run);

    private Classifier Load(string network) => ModelFile.Read(folder.At(ModelOf(network))).On(run.Device);

    private IReadOnlyList<CanvasSummary> Datasets()
    {
        var summaries = new List<CanvasSummary>();
        var samples = new List<ImageSet>();
        foreach (var name in recipe.Evaluate)
        {
            var test = Test(name);
            var canvas = Canvas.Parse(name);
            var train = DatasetFolder.Count(library.Painted(canvas, run), Split.Train);
            var dominant = canvas.CountBiasAligned(test);
            summaries.Add(new(name, recipe.Limit > 0 ? Math.Min(recipe.Limit, train) : train, test.Count, new(dominant, test.Count)));
            samples.Add(test);
        }

        Artifacts.WriteSamples(folder.At("data/samples.npz"), samples);
        return summaries;
    }

    private IReadOnlyList<EpochRecord> Teach(string name, Pupil pupil, Environments environments)
    {
        var logbook = new TrainingLog([.. recipe.Evaluate.Select(Test)]) { Folder = folder.Folder, Stage = name };
        var trained = new SingleStage().Train(pupil.Network, pupil.Course, environments, logbook, run.For(name));
        using var network = trained.Network;
        ModelFile.Write(folder.At(ModelOf(name)), network, Told(pupil));
        logbook.DeleteCheckpoints();
        return trained.History;
    }

    private (Environments Environments, ErrorSplit Split) Infer()
    {
        using var lazy = Load("lazy");
        return ErrorEnvironments.Infer(lazy, Training(), run);
    }

    private IReadOnlyList<NetworkEvaluation> Evaluate() =>
    [
        .. Networks.Select(name => WithNetwork(name, network => new NetworkEvaluation(
            name, [.. recipe.Evaluate.Select(Test).Select(set => SetEvaluation.Of(network, set, run))]))),
    ];

    private IReadOnlyList<NetworkAudit> Audit()
    {
        var reversed = Test(recipe.Evaluate[1]).First(Audited);
        return [.. Networks.Select(name => WithNetwork(name, network => new NetworkAudit(
            name, reversed.Name, Recoloring.Of(network, reversed, Palette.Seed, run), HueSweep.Of(network, reversed, run))))];
    }

    private IReadOnlyList<NetworkLocalization> Explain()
    {
        var focus = new List<NetworkLocalization>();
        var shown = new List<Artifacts.Explained>();
        foreach (var name in Networks)
        {
            WithNetwork(name, network =>
            {
                foreach (var set in recipe.Evaluate.Take(2).Select(Test))
                {
                    using var scope = torch.NewDisposeScope();
                    var answers = Predictor.Classes(network, set, run);
                    var maps = recipe.Explain.Method.ExplainSet(network, set, answers, recipe.Explain.Layer, run);
                    var evidence = AttributionMethod.Evidence(maps, set.Shape);
                    focus.Add(new(name, set.Name, Attribution.EvidenceLocalization.Of(evidence, set, answers)));
                    shown.Add(new(name, set, answers, evidence.data<float>().ToArray()));
                }

                return 0;
            });
        }

        Artifacts.WriteExplanations(folder.At("data/explanations.npz"), shown);
        return focus;
    }

    private IReadOnlyList<NetworkAttack> Attack()
    {
        var own = Test(recipe.Evaluate[0]);
        var assault = recipe.Attack;
        var sources = Enumerable.Range(0, own.Count).Where(at => own.Labels[at] == assault.Source).Take(assault.Images).ToArray();
        Require.That(sources.Length > 0, $"{own.Name} holds no image of class {assault.Source} to attack.");
        var results = new List<NetworkAttack>();
        var shown = new List<Artifacts.Attacked>();
        foreach (var name in Networks)
        {
            WithNetwork(name, network =>
            {
                foreach (
                    var (set, source, target) in new[]
                    {
                        (own.First(assault.Images), (int?)null, (int?)null),
                        (own.Pick(sources), assault.Source, assault.Target),
                    }
                )
                {
                    using var scope = torch.NewDisposeScope();
                    var perturbed = assault.With.PerturbSet(network, set, Criterion.Of(target), run.For($"attack {name}"));
                    results.Add(new(name, AttackResult.Of(assault.With, network, set, perturbed, source, Criterion.Of(target), run)));
                    shown.Add(
                        new(
                            name,
                            target,
                            set,
                            perturbed.data<float>().ToArray(),
                            Predictor.Classes(network, set, run),
                            Predictor.Logits(network, perturbed, run).argmax(1).data<long>().ToArray()));
                }

                return 0;
            });
        }

        Artifacts.WriteAttacks(folder.At("data/attacks.npz"), shown);
        return results;
    }

    private T WithNetwork<T>(string name, Func<Classifier, T> use)
    {
        using var network = Load(name);
        return use(network);
    }
}
