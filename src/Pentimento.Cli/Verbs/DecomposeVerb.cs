using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Look;
using Pentimento.Sparse;
using Pentimento.Sparse.Training;
using Pentimento.Training;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>decompose MODEL --data DATA --layer L --with SPEC</c>: trains a sparse autoencoder.</summary>
internal static class DecomposeVerb
{
    // Metrics are measured on images that no training saw: the last of the set.
    private const double HeldOut = 0.1;

    private sealed record Result(
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
        InsertedReconstruction? Spliced,
        DictionaryStability? Stability,
        IReadOnlyList<SparseEpoch> History);

    public static Verb Create(Host host)
    {
        var model = new Argument<string?>("MODEL")
        {
            Description = "The network to take apart; not needed with --activations.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var data = Common.Data("The set whose activations are learned from.", required: false);
        var network = Common.Network();
        var activations = new Option<string?>("--activations")
        {
            Description = "Learn from an npz of activations (N, C) instead of MODEL and --data.",
            HelpName = "F.npz",
        };
        var layer = new Option<string>("--layer")
        {
            Description = "The cut to take apart.",
            DefaultValueFactory = _ => "fc1",
            HelpName = "L",
        };
        var with = new Option<string>("--with")
        {
            Description = "One of: pentimento list autoencoders.",
            DefaultValueFactory = _ => "top-k",
            HelpName = "SPEC",
        };
        var usual = new AutoencoderTrainingOptions();
        var width = new Option<double>("--width")
        {
            Description = "Features for each input.",
            DefaultValueFactory = _ => usual.Width,
            HelpName = "X",
        };
        var directions = new Option<Directions>("--directions")
        {
            Description =
                "Where directions start and how far they may go: free (at random, anywhere) or anchored (at centroids of the data, and near them: alike over seeds).",
            DefaultValueFactory = _ => usual.Directions,
            HelpName = "free|anchored",
        }.OneOf();
        var optimizer = new Option<string>("--optimizer")
        {
            Description = "One of: pentimento list optimizers.",
            DefaultValueFactory = _ => Catalog.Write(usual.Optimizer),
            HelpName = "SPEC",
        };
        var schedule = new Option<string>("--schedule")
        {
            Description = "One of: pentimento list schedules.",
            DefaultValueFactory = _ => Catalog.Write(usual.Schedule),
            HelpName = "SPEC",
        };
        var epochs = new Option<int>("--epochs")
        {
            Description = "How often all rows are seen.",
            DefaultValueFactory = _ => usual.Epochs,
            HelpName = "N",
        }.AtLeast(1);
        var batch = new Option<int>("--batch")
        {
            Description = "Rows in one step.",
            DefaultValueFactory = _ => usual.Batch,
            HelpName = "N",
        }.AtLeast(1);
        var places = new Option<int>("--places")
        {
            Description = "Of a layer with maps: places drawn of each image, among those that see anything.",
            DefaultValueFactory = _ => 8,
            HelpName = "N",
        }.AtLeast(1);
        var seeds = new Option<int>("--seeds")
        {
            Description = "Train this many, alike but for chance, and say how alike their features are; the first is written.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        }.AtLeast(1);
        var limit = Common.Limit();
        var file = new Option<string>("--out")
        {
            Description = "Where the autoencoder is written.",
            DefaultValueFactory = _ => "autoencoder.safetensors",
            HelpName = "FILE",
        };
        var picture = new Option<string?>("--picture") { Description = "Draw how the training went, as PNG.", HelpName = "F.png" };
        var verb = new Verb("decompose", "Takes a layer apart into sparse features.",
            """
            The set's training split is taken if the argument does not say. The last tenth of its images is held out: every figure is measured there.
            lossRecovered is 1 for the untouched network and 0 for a layer of zeros; spliced.recoveredFromMean starts from the mean instead.

            Examples:
              pentimento decompose lazy.safetensors --data rg_95z --layer fc1 --with top-k:k=16 --out features.safetensors
              pentimento decompose lazy.safetensors --data rg_95z --layer relu3 --with relu-l1 --places 4 --seeds 3
              pentimento decompose --activations layer.npz --with jump-relu --width 8
            """)
        {
            model,
            data,
            network,
            activations,
            layer,
            with,
            width,
            directions,
            optimizer,
            schedule,
            epochs,
            batch,
            places,
            seeds,
            limit,
            file,
            picture,
        };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var course = new AutoencoderTrainingOptions
            {
                Variant = Catalog.Read<Variant>(parsed.GetValue(with)!),
                Width = parsed.GetValue(width),
                Directions = parsed.GetValue(directions),
                Optimizer = Catalog.Read<Optimizer>(parsed.GetValue(optimizer)!),
                Schedule = Catalog.Read<Schedule>(parsed.GetValue(schedule)!),
                Epochs = parsed.GetValue(epochs),
                Batch = parsed.GetValue(batch),
            };
            return session.Answer(
                torch: true,
                run =>
                {
                    using var scope = torch.NewDisposeScope();
                    var place = Path.GetFullPath(parsed.GetValue(file)!);
                    var recipe = Binder.Describe(course)!.AsObject();
                    recipe["seed"] = run.Seed.Value;
                    var trainings = Enumerable
                        .Range(0, parsed.GetValue(seeds))
                        .Select(at => at == 0 ? run : run with { Seed = run.Seed.For(at) })
                        .ToList();

                    if (parsed.GetValue(activations) is { } given)
                    {
                        Require.That(
                            parsed.GetValue(model) is null && parsed.GetValue(data) is null or [],
                            $"--activations stands instead of MODEL and --data; give one or the other.");
                        using var all = ActivationRows.Read(given);
                        Require.That(all.Count > 1, $"{given} holds {all.Count} row; training and measuring need two.");
                        var (first, held) = all.HoldOut(Math.Max(HeldOut, 1.0 / all.Count), new Seed(0).For("held out"));
                        using var learned = first;
                        using var judged = held;
                        return Finish(null, learned, judged, _ => null);
                    }

                    Require.That(
                        parsed.GetValue(model) is not null && parsed.GetValue(data) is { Length: 1 },
                        $"decompose needs a MODEL and one --data, or --activations.");
                    using var victim = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run, parsed.GetValue(layer)!);
                    var set = session.Library.Find(parsed.GetValue(data)![0], Split.Train, parsed.GetValue(limit), run);
                    Require.That(set.Count > 1, $"{set.Name} holds {set.Count} image; training and measuring need two.");
                    recipe["data"] = set.Name;
                    var cut = parsed.GetValue(layer)!;
                    var (learning, holding) = new Environments([set]).HoldOut(Math.Max(HeldOut, 1.0 / set.Count), new Seed(0).For("held out"));
                    var (trained, rest) = (learning.Sets[0], holding[0]);
                    using var rows = ActivationRows.Of(victim, trained, cut, parsed.GetValue(places), run);
                    using var unseen = ActivationRows.Of(victim, rest, cut, parsed.GetValue(places), run);
                    return Finish(cut, rows, unseen, autoencoder => InsertedReconstruction.Of(autoencoder, victim, rest, cut, run));

                    Result Finish(string? cut, ActivationRows rows, ActivationRows unseen, Func<Autoencoder, InsertedReconstruction?> splice)
                    {
                        var all = trainings.Select(training => AutoencoderTrainer.Train(course, rows.Values, training.For("decompose"))).ToList();
                        var (autoencoder, history) = all[0];
                        if (parsed.GetValue(picture) is { } drawing)
                            Draw(Path.GetFullPath(drawing), history);
                        AutoencoderFile.Write(place, autoencoder, cut ?? "", recipe.ToJsonString());
                        var (rebuilt, spliced) = (Reconstruction.Of(autoencoder, unseen.Values), splice(autoencoder));
                        var stability = all.Count == 1 ? null : DictionaryStability.Of([.. all.Select(one => (torch.Tensor)one.Autoencoder.Decoder)]);
                        all.ForEach(one => one.Autoencoder.Dispose());
                        return new(
                            place,
                            cut,
                            autoencoder.Inputs,
                            autoencoder.Features,
                            rows.Count,
                            unseen.Count,
                            rebuilt.Fvu,
                            rebuilt.Explained,
                            rebuilt.L0,
                            rebuilt.Dead,
                            spliced?.RecoveredFromZero,
                            spliced,
                            stability,
                            history);
                    }
                },
                Print);
        });
        return verb;
    }

    private static void Draw(string file, IReadOnlyList<SparseEpoch> history)
    {
        var last = history[^1];
        var alt =
            $"By epoch the variance unexplained and the share of silent features; at the end {Tables.Percent(last.Fvu)} and {Tables.Percent(last.Dead)}, with {last.L0:0.0} active features of a row.";
        var png = new Curves(
            "decompose",
            alt,
            "share, logarithmic",
            [
                new("unexplained", Ink.Repaired, [.. history.Select(epoch => epoch.Fvu)]),
                new("silent features", Ink.Lazy, [.. history.Select(epoch => Math.Max(epoch.Dead, 1e-4))]),
            ],
            Scale.Decades
        ).Png();
        SafeFile.Write(file, stream => stream.Write(png));
    }

    private static void Print(Result result, TextWriter output)
    {
        var every = Math.Max(1, result.History.Count / 10);
        Tables.Write(
            output,
            ["epoch", "loss", "unexplained", "active", "silent", "seconds"],
            result
                .History.Where(epoch => epoch.Epoch % every == 0)
                .Select(epoch =>
                    (IReadOnlyList<string>)
                        [
                            $"{epoch.Epoch}",
                            $"{epoch.Loss:0.000}",
                            Tables.Percent(epoch.Fvu),
                            $"{epoch.L0:0.0}",
                            Tables.Percent(epoch.Dead),
                            $"{epoch.Seconds:0.0}",
                        ]));
        output.WriteLine(
            $"{result.Features:N0} features of {result.Inputs:N0} inputs, learned from {result.Rows:N0} rows, measured on {result.HeldOut:N0} others."
        );
        output.WriteLine(
            $"Unexplained: {Tables.Percent(result.Fvu)} of the variance, with {result.L0:0.0} active features of a row; {Tables.Percent(result.Dead)} of the features are dead."
        );
        if (result.Spliced is { } spliced)
            output.WriteLine(
                $"In the network: {Tables.Percent(spliced.RecoveredFromZero)} of the loss recovered (from the mean: {Tables.Percent(spliced.RecoveredFromMean)}); accuracy {Tables.Percent(spliced.Accuracy)}, with the reconstruction {Tables.Percent(spliced.AccuracyInserted)}."
            );
        if (result.Stability is { } stability)
            output.WriteLine(
                $"Over {stability.Seeds} seeds: mean cosine of paired features {stability.Cosine:0.000}; {Tables.Percent(stability.Same)} of the pairs at least 0.9."
            );
        output.WriteLine($"Written: {result.Autoencoder}");
    }
}
