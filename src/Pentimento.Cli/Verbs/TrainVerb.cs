using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Reports.Figures;
using Pentimento.Training;
using Pentimento.Training.Augmentations;

namespace Pentimento.Cli.Verbs;

/// <summary><c>train --data DATA[,DATA...]</c>: trains a network.</summary>
internal static class TrainVerb
{
    private sealed record Result(
        string Model,
        string Selected,
        string Told,
        IReadOnlyList<EpochRecord> History,
        IReadOnlyList<SetEvaluation> Evaluations);

    public static Verb Create(Host host)
    {
        var data = Common.Data("Training sets; several are environments.");
        var split = new Option<string?>("--environments")
        {
            Description =
                "Split one training set: by an attribute (colors, a column of metadata.csv), or by an npz of one array of places an environment.",
            HelpName = "NAME|F.npz",
        };
        var objective = Method<Objective>("--objective", "erm");
        var procedure = Method<Procedure>("--procedure", "single-stage");
        var network = Method<Architecture>("--network", "cnn3");
        var optimizer = Method<Optimizer>("--optimizer", "adam");
        var schedule = Method<Schedule>("--schedule", "constant");
        var epochs = new Option<int>("--epochs") { Description = "How often all images are seen.", DefaultValueFactory = _ => 3 }.AtLeast(1);
        var batch = new Option<int>("--batch") { Description = "Images in one step, over all environments.", DefaultValueFactory = _ => 256 }.AtLeast(
            1);
        var augment = new Option<string[]>("--augment")
        {
            Description = "What is done to the images of each step, one after another: pentimento list augmentations (default: nothing).",
            HelpName = "SPEC",
            AllowMultipleArgumentsPerToken = true,
        };
        var precision = new Option<Precision>("--precision")
        {
            Description = "The numbers that the network computes in; weights and loss stay float32.",
            HelpName = "float32|bfloat16",
        }.OneOf();
        var weightPenalty = new Option<double>("--weight-penalty")
        {
            Description = "c, in the loss as c times the sum of squared weights and biases (default: 0).",
            HelpName = "C",
        };
        var evaluate = Common.Data("Sets to measure after each epoch and at the end; they select nothing.", "--evaluate", required: false);
        var holdOut = new Option<double>("--hold-out")
        {
            Description = "The share of each environment's images that is not learned from but selects.",
            HelpName = "SHARE",
        };
        var validation = Common.Data("Sets that select, instead of or besides images held out.", "--validation", required: false);
        var selection = Method<Selection>("--selection", "last-epoch");
        var model = new Option<string>("--out")
        {
            Description = "Where the network is written.",
            DefaultValueFactory = _ => "model.safetensors",
            HelpName = "FILE",
        };
        var limit = Common.Limit();
        var verb = new Verb("train", "Trains a network.",
            """
            The model written is the last epoch's unless --selection names another rule, which asks held-out images only.

            Beside the model a folder of the same name gets metrics.jsonl, curves (loss-*, curve-*) and TensorBoard's event files after every epoch, and a checkpoint: the same
            command after Ctrl-C or a crash goes on, and ends with the same bytes as if it had never stopped.

            Examples:
              pentimento train --data rg_95z --objective gce --epochs 1 --evaluate rg_95z,gr_95z --out lazy.safetensors
              pentimento train --data rg_90z,rg_80z --objective v-rex:weight=10,warm-up=235 --evaluate gr_95z
              pentimento train --data rg_95z --epochs 30 --hold-out 0.1 --selection validation:by=worst-class,patience=3
              pentimento train --data rg_95z --precision bfloat16
              pentimento train --data photos --environments place --objective v-rex
              pentimento train --data rg_95z --augment tint-swap noise:tiers=z-m-h --evaluate gr_95h
              pentimento train --data rg_95z --procedure error-environments --objective v-rex --optimizer adam:learning-rate=0.003 --schedule one-cycle
            """)
        {
            data,
            split,
            objective,
            procedure,
            network,
            optimizer,
            schedule,
            epochs,
            batch,
            augment,
            precision,
            weightPenalty,
            evaluate,
            holdOut,
            validation,
            selection,
            limit,
            model,
        };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var course = new TrainingOptions
            {
                Objective = Catalog.Read<Objective>(parsed.GetValue(objective)!),
                Optimizer = Catalog.Read<Optimizer>(parsed.GetValue(optimizer)!),
                Schedule = Catalog.Read<Schedule>(parsed.GetValue(schedule)!),
                Epochs = parsed.GetValue(epochs),
                Batch = parsed.GetValue(batch),
                Augment = Chain.Of([.. (parsed.GetValue(augment) ?? []).Select(Catalog.Read<Augmentation>)]),
                Precision = parsed.GetValue(precision),
                WeightPenalty = parsed.GetValue(weightPenalty),
                Selection = Catalog.Read<Selection>(parsed.GetValue(selection)!),
            };
            var how = Catalog.Read<Procedure>(parsed.GetValue(procedure)!);
            var architecture = Catalog.Read<Architecture>(parsed.GetValue(network)!);
            Require.That(course.WeightPenalty is >= 0 and <= 10, $"--weight-penalty is {course.WeightPenalty}; expected 0 to 10.");
            Warn(course.Precision, parsed.GetValue(Common.Device), session.Error);
            return session.Answer(
                torch: true,
                run =>
                {
                    var (library, most) = (session.Library, parsed.GetValue(limit));
                    var environments = Cut(
                        new Environments(ClassNumbering.Together([.. parsed.GetValue(data)!.SelectMany(name => library.FindAll(name, Split.Train, most, run))])),
                        parsed.GetValue(split));
                    List<ImageSet> Sets(Option<string[]> names) =>
                        [.. (parsed.GetValue(names) ?? []).SelectMany(name => library.FindAll(name, Split.Test, most, run))];
                    var sets = Sets(evaluate);
                    var file = Path.GetFullPath(parsed.GetValue(model)!);
                    var (learned, held) = environments.HoldOut(parsed.GetValue(holdOut), run.Seed.For("hold-out"));
                    var logbook = new TrainingLog(sets)
                    {
                        Validation = [.. held, .. Sets(validation)],
                        Folder = Path.ChangeExtension(file, null),
                        Listener = history => Draw(history, file),
                    };
                    var trained = how.Train(architecture, course, learned, logbook, run.For("train"));
                    using var result = trained.Network;
                    ModelFile.Write(file, result, Recipe(course, how, parsed.GetValue(data)!, run.Seed));
                    logbook.DeleteCheckpoints();
                    return new Result(
                        file,
                        course.Selection.Rule,
                        (how.RequiredSupervision(course.Objective) | course.Augment.RequiredSupervision).Describe(),
                        trained.History,
                        [.. sets.Select(set => SetEvaluation.Of(result, set, run))]);
                },
                Print);
        });
        return verb;
    }

    private static void Draw(IReadOnlyList<EpochRecord> history, string model)
    {
        var curves = TrainingCurves.Of(Path.GetFileNameWithoutExtension(model), history);
        foreach (var figure in (Figure[])[curves.Loss, curves.Accuracy]) figure.Save(Path.ChangeExtension(model, null)!);
    }

    private static void Warn(Precision precision, Device device, TextWriter error)
    {
        if (precision == Precision.Float32 || device == Device.Cuda || Processor.MultipliesBfloat16)
            return;
        error.WriteLine(
            "Note: this processor has no instructions for bfloat16 that are known here, so --precision bfloat16 is likely slower than float32.");
    }

    private static Environments Cut(Environments sets, string? by)
    {
        if (by is null) return sets;
        Require.That(sets.Sets.Count == 1, $"--environments splits one set, got {sets.Sets.Count}.");
        return File.Exists(by) ? Environments.ByFile(sets.Sets[0], by) : Environments.ByAttribute(sets.Sets[0], by);
    }

    private static Option<string> Method<T>(string name, string usual) where T : class => new(name)
    {
        Description = $"One of: pentimento list {name[2..]}s.",
        DefaultValueFactory = _ => usual,
        HelpName = "SPEC",
    };

    private static string Recipe(TrainingOptions course, Procedure procedure, string[] data, Seed seed)
    {
        var recipe = Binder.Describe(course)!.AsObject();
        recipe["procedure"] = Catalog.Write(procedure);
        recipe["data"] = string.Join(",", data);
        recipe["seed"] = seed.Value;
        return recipe.ToJsonString();
    }

    private static void Print(Result result, TextWriter output)
    {
        Tables.Write(output, ["epoch", "loss", "training accuracy", "seconds", "sets"], result.History.Select(epoch => (IReadOnlyList<string>)
        [
            $"{epoch.Epoch}", $"{epoch.Loss:0.0000}", Tables.Percent(epoch.Accuracy), $"{epoch.Seconds:0.0}",
            string.Join("  ", epoch.Evaluations.Select(set => $"{set.Data} {Tables.Percent(set.Accuracy)}")),
        ]));
        if (result.Evaluations.Count > 0) Tables.Write(output, result.Evaluations);
        output.WriteLine($"Written: {result.Model} ({result.Selected}; supervision: {result.Told})");
    }
}
