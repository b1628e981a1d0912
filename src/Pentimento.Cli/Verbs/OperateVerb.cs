using Pentimento.Attacks;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Reports.Figures;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using System.Globalization;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>operate MODEL --autoencoder F --ablate auto|IDS</c>: repairs a trained network without training it.</summary>
internal static class OperateVerb
{
    private const string Automatic = "auto";

    private sealed record Result(
        string? Model,
        string? Layer,
        IReadOnlyList<int> Ablated,
        IReadOnlyList<Examination> Before,
        IReadOnlyList<Examination> After,
        Selected? Selection,
        CollateralCurve? Curve,
        IReadOnlyList<SteeringCurve> Steering);

    public static Verb Create(Host host)
    {
        var model = Common.Model();
        var network = Common.Network();
        var autoencoder = new Option<string?>("--autoencoder")
        {
            Description = "The features, as 'pentimento decompose' wrote them.",
            HelpName = "F",
        };
        var ablate = new Option<string?>("--ablate")
        {
            Description = "Features to mute: numbers, or auto to choose them on training images.",
            HelpName = "auto|IDS",
        };
        var to = new Option<Target>("--to")
        {
            Description = "What muted features become: zero, or their mean over the selection's images.",
            HelpName = "zero|mean",
        }.OneOf();
        var steer = new Option<string?>("--steer") { Description = "Add so much of a feature's direction, e.g. 12=4.5,30=-1.", HelpName = "ID=G" };
        var neurons = new Option<string?>("--neurons")
        {
            Description = "Neurons or channels of --layer to set to 0: numbers, or auto to choose them on --select as features are chosen.",
            HelpName = "auto|IDS",
        };
        var project = new Option<string?>("--project-out")
        {
            Description = "Take 'directions' (k, C) out of --layer; 'origin' (C) says where they end, else 0.",
            HelpName = "F.npz",
        };
        var layer = new Option<string>("--layer")
        {
            Description = "The cut for --neurons and --project-out; at pool3-flat each place of each map of pool3 is a neuron.",
            DefaultValueFactory = _ => "fc1",
            HelpName = "L",
        };
        var select = Common.Data("Training images that auto looks at (default: those of the autoencoder).", "--select", required: false);
        var usual = new GreedySelection();
        var most = new Option<int>("--most")
        {
            Description = "With auto, mute at most so many features.",
            DefaultValueFactory = _ => usual.Most,
            HelpName = "N",
        }.AtLeast(1);
        var seen = new Option<int>("--seen")
        {
            Description = "With auto, look at so many images.",
            DefaultValueFactory = _ => usual.Images,
            HelpName = "N",
        }.AtLeast(2);
        var ownLoss = new Option<double>("--own-loss")
        {
            Description = "With auto, the accuracy that the images as they are may lose, a share of 1.",
            DefaultValueFactory = _ => usual.OwnLoss,
            HelpName = "X",
        };
        var evaluate = Common.Data("Sets to examine before and after; they select nothing.", "--evaluate", required: false);
        var attack = new Option<string?>("--attack") { Description = "Attack the first images of each set before and after.", HelpName = "SPEC" };
        var limit = Common.Limit();
        var file = new Option<string?>("--out") { Description = "Where the operated network is written, a model like any other.", HelpName = "FILE" };
        var curve = new Option<string?>("--curve")
        {
            Description = "With auto, draw what muting costs on the first set of --evaluate and gains on the second, beside rivals, as PNG.",
            HelpName = "F.png",
        };
        var steering = new Option<string?>("--steering")
        {
            Description = "With --steer, draw how many answers of each set of --evaluate turn as more is added, as PNG.",
            HelpName = "F.png",
        };
        var verb = new Verb(
            "operate",
            "Repairs a trained network without training it: mutes, steers, projects out.",
            """
            What the autoencoder cannot rebuild is left as it is: with nothing muted, no bit of an answer changes.
            --ablate auto sees training images and their digits, and copies of them in each other's colours. It sees no colour label and none of --evaluate.

            Examples:
              pentimento operate lazy.safetensors --autoencoder features.safetensors --ablate auto --evaluate rg_95z gr_95z --out repaired.safetensors --curve cost.png
              pentimento operate lazy.safetensors --autoencoder features.safetensors --ablate 12,40 --to mean --steer 7=3 --evaluate bw_100z
              pentimento operate lazy.safetensors --layer fc1 --neurons 3,17 --evaluate rg_95z gr_95z
              pentimento operate erm.safetensors --layer pool3-flat --neurons auto --select rg_95z --most 200 --evaluate rg_95z gr_95z --out repaired.safetensors
            """)
        {
            model,
            network,
            autoencoder,
            ablate,
            to,
            steer,
            neurons,
            project,
            layer,
            select,
            most,
            seen,
            ownLoss,
            evaluate,
            attack,
            limit,
            file,
            curve,
            steering,
        };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var how = new GreedySelection
            {
                Most = parsed.GetValue(most),
                Images = parsed.GetValue(seen),
                OwnLoss = parsed.GetValue(ownLoss),
            };
            var threat = parsed.GetValue(attack) is { } spec ? Catalog.Read<Attack>(spec) : null;
            return session.Answer(
                torch: true,
                run =>
                {
                    using var scope = torch.NewDisposeScope();
                    var features = parsed.GetValue(autoencoder);
                    var patient = Session.Model(
                        parsed.GetValue(model)!,
                        parsed.GetValue(network),
                        run,
                        parsed.GetValue(layer)!,
                        features is null ? "" : AutoencoderFile.Layer(features));
                    var sets = (parsed.GetValue(evaluate) ?? [])
                        .Select(name => ClassAgreement.Fitted(patient, session.Library.Find(name, Split.Test, parsed.GetValue(limit), run)))
                        .ToList();
                    var operation = new Operation(patient, run);
                    var set =
                        parsed.GetValue(select) is [var chosen, ..] ? chosen
                        : features is null ? null
                        : AutoencoderFile.Recorded(features)["data"]?.GetValue<string>();
                    ImageSet Images() =>
                        session.Library.Find(
                            set ?? throw new BadInputException("Say with --select which training images to look at."),
                            Split.Train,
                            how.Images,
                            run);
                    if (features is not null)
                    {
                        operation.On(
                            features,
                            parsed.GetValue(ablate),
                            parsed.GetValue(to) == Target.Mean,
                            Steered(parsed.GetValue(steer)),
                            how,
                            Images);
                        if (parsed.GetValue(curve) is { } drawing)
                            operation.Draw(drawing, how, Images, sets);
                    }
                    else
                        Require.That(parsed.GetValue(ablate) is null && parsed.GetValue(steer) is null, $"--ablate and --steer need --autoencoder.");

                    var before = Examine(patient, sets, threat, run);
                    var turned = operation.Steering(Steered(parsed.GetValue(steer)), sets);
                    if (parsed.GetValue(steering) is { } figure)
                    {
                        Require.That(turned.Count > 0, $"--steering needs --steer and a set to --evaluate.");
                        var drawn = new SteeringFigure(turned).Png();
                        SafeFile.Write(Path.GetFullPath(figure), stream => stream.Write(drawn));
                    }

                    if (parsed.GetValue(project) is { } directions)
                        operation.ProjectOut(directions, parsed.GetValue(layer)!);
                    if (parsed.GetValue(neurons) == Automatic)
                        operation.Silence(parsed.GetValue(layer)!, how, Images());
                    else if (parsed.GetValue(neurons) is { } silenced)
                        operation.Silence(Numbers(silenced, "--neurons"), parsed.GetValue(layer)!);
                    using var operated = operation.Finish();
                    var after = Examine(operated, sets, threat, run);
                    var place = parsed.GetValue(file) is { } given ? Path.GetFullPath(given) : null;
                    if (place is not null)
                        ModelFile.Write(place, operated, operation.Recipe(parsed.GetValue(model)!));
                    return new Result(place, operation.Layer, operation.Muted, before, after, operation.Selection, operation.Curve, turned);
                },
                Print);
        });
        return verb;
    }

    private static List<Examination> Examine(Classifier network, List<ImageSet> sets, Attack? attack, RunContext run) =>
        [.. sets.Select(set => Examination.Of(network, set, attack, run))];

    internal static IReadOnlyList<int> Numbers(string list, string option) =>
        [
            .. list.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(text =>
                    int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : throw new BadInputException($"{option}: expected numbers such as 3,17, got '{list}'.")),
        ];

    private static IReadOnlyList<(int Feature, double Strength)> Steered(string? list) =>
        [
            .. (list ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(text =>
                {
                    var parts = text.Split('=');
                    return
                        parts.Length == 2
                        && int.TryParse(parts[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var feature)
                        && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var strength)
                        && double.IsFinite(strength)
                        ? (feature, strength)
                        : throw new BadInputException($"--steer: expected features and strengths such as 12=4.5, got '{list}'.");
                }),
        ];

    private static void Print(Result result, TextWriter output)
    {
        if (result.Selection is { } selection)
            output.WriteLine(
                $"Chosen by {selection.Images:N0} training images and their copies in other colours, counted by {selection.Images:N0} more: {result.Ablated.Count} of {result.Layer}."
            );
        if (result.Ablated.Count > 0)
            output.WriteLine($"Muted at {result.Layer}: {string.Join(", ", result.Ablated)}");
        foreach (var steered in result.Steering)
        {
            output.WriteLine($"Feature {steered.Feature} added on {steered.Data}:");
            Tables.Write(
                output,
                ["added", "answers changed", "most often to"],
                steered.Points.Select(point =>
                    (IReadOnlyList<string>)
                        [
                            $"{point.Added:0.##}",
                            Tables.Percent(point.FlipRate),
                            point.Toward is { } answer ? $"{answer} ({Tables.Percent(point.Share)})" : "-",
                        ]));
        }

        Tables.Write(
            output,
            ["data", "images", "before", "after", "95% interval", "flips before", "after", "on digit before", "after", "fooled before", "after"],
            result
                .Before.Zip(result.After)
                .Select(pair =>
                    (IReadOnlyList<string>)
                        [
                            pair.First.Data,
                            pair.First.Count.ToString("N0", CultureInfo.InvariantCulture),
                            Tables.Percent(pair.First.Accuracy),
                            Tables.Percent(pair.Second.Accuracy),
                            $"{Tables.Percent(pair.Second.Low)} to {Tables.Percent(pair.Second.High)}",
                            Tables.Percent(pair.First.Recoloring?.FlipRate),
                            Tables.Percent(pair.Second.Recoloring?.FlipRate),
                            Tables.Percent(pair.First.Focus?.OnDigit),
                            Tables.Percent(pair.Second.Focus?.OnDigit),
                            Tables.Percent(pair.First.Attack?.SuccessRate),
                            Tables.Percent(pair.Second.Attack?.SuccessRate),
                        ]));
        if (result.Model is not null)
            output.WriteLine($"Written: {result.Model}");
    }

    private enum Target
    {
        Zero,
        Mean,
    }

    /// <summary>The steps of one operation, in order.</summary>
    private sealed class Operation(Classifier patient, RunContext run)
    {
        private readonly List<(string Layer, Edit Edit, torch.nn.Module<torch.Tensor, torch.Tensor> Change)> changes = [];
        private Autoencoder? autoencoder;
        private torch.Tensor? target;

        public string? Layer { get; private set; }

        public IReadOnlyList<int> Muted { get; private set; } = [];

        public Selected? Selection { get; private set; }

        public CollateralCurve? Curve { get; private set; }

        public void On(
            string file,
            string? ablate,
            bool toMean,
            IReadOnlyList<(int Feature, double Strength)> steered,
            GreedySelection how,
            Func<ImageSet> images)
        {
            (autoencoder, Layer) = AutoencoderFile.Read(file);
            autoencoder.to(run.Device.ToTorch());
            AutoencoderFile.Fits(file, autoencoder, patient, Layer);
            target = toMean ? Means(images()) : torch.zeros(autoencoder.Features, device: run.Device.ToTorch());
            if (ablate == Automatic)
            {
                Selection = how.Select(patient, autoencoder, Layer, images(), target, run.For("select"));
                Muted = Selection.Features;
            }
            else if (ablate is not null)
                Muted = Numbers(ablate, "--ablate");

            foreach (var feature in Muted.Concat(steered.Select(one => one.Feature)))
                Require.That(feature < autoencoder.Features, $"There is no feature {feature}; {file} has 0 to {autoencoder.Features - 1}.");
            var (keep, add) = (torch.ones(autoencoder.Features), torch.zeros(autoencoder.Features));
            foreach (var feature in Muted)
                (keep[feature], add[feature]) = (torch.tensor(0f), target[feature].cpu());
            foreach (var (feature, strength) in steered)
                add[feature] = add[feature] + (float)strength;
            changes.Add(
                (
                    Layer,
                    new FeatureEdit { Autoencoder = autoencoder.Variant, Count = (int)autoencoder.Features },
                    FeatureEdit.Of(autoencoder, keep, add)));
        }

        public void Draw(string file, GreedySelection how, Func<ImageSet> images, List<ImageSet> sets)
        {
            Require.That(
                Selection is not null && sets.Count >= 2,
                $"--curve needs --ablate auto and two sets to --evaluate: one that should not suffer, one that should gain.");
            using var rivals = Baselines.Of(how, patient, autoencoder!, Layer!, images(), run.For("select"));
            Curve = CollateralCurve.Of(patient, autoencoder!, Layer!, Selection, rivals, (sets[0], sets[1]), target!, run);
            var png = new CollateralFigure(Curve).Png();
            SafeFile.Write(Path.GetFullPath(file), stream => stream.Write(png));
        }

        public List<SteeringCurve> Steering(IReadOnlyList<(int Feature, double Strength)> steered, List<ImageSet> sets) =>
            [.. steered.SelectMany(one => sets.Select(set => SteeringCurve.Of(patient, autoencoder!, Layer!, set, one.Feature, one.Strength, run)))];

        public void ProjectOut(string file, string layer)
        {
            Require.That(File.Exists(file), $"There is no file {file}.");
            var arrays = Npz.Read(file, "directions", "origin");
            var inputs = Cut.Inputs(patient, layer);
            var directions = Read(
                "directions",
                shape => shape is [> 0, var width] && width == inputs && shape[0] <= inputs,
                $"(k, {inputs}), k at most {inputs}");
            var origin = arrays.ContainsKey("origin")
                ? Read("origin", shape => shape is [var width] && width == inputs, $"({inputs})")
                : torch.zeros(inputs);
            changes.Add((layer, new Projection((int)directions.shape[0]), Projection.Of(directions, origin)));

            torch.Tensor Read(string name, Func<long[], bool> fits, string expected)
            {
                Require.That(
                    arrays.TryGetValue(name, out var array) && array.Data is float[] or double[] && fits(array.Shape),
                    $"{file}: expected '{name}' as floating-point numbers {expected} for {layer}.");
                return torch
                    .tensor(array.Data is double[] doubles ? Array.ConvertAll(doubles, value => (float)value) : (float[])array.Data)
                    .view(array.Shape);
            }
        }

        public void Silence(IReadOnlyList<int> neurons, string layer)
        {
            var inputs = Cut.Inputs(patient, layer);
            Require.That(neurons.Count > 0 && neurons.All(neuron => neuron < inputs), $"--neurons: {layer} has the neurons 0 to {inputs - 1}.");
            var axes = torch.eye(inputs).index_select(0, torch.tensor(neurons.Distinct().Select(neuron => (long)neuron).ToArray()));
            changes.Add((layer, new Projection((int)axes.shape[0]), Projection.Of(axes, torch.zeros(inputs))));
        }

        /// <summary>Silences the neurons that the selection chooses, as it would choose features.</summary>
        public void Silence(string layer, GreedySelection how, ImageSet images)
        {
            Require.That(autoencoder is null, $"--neurons auto and --autoencoder choose one after the other: operate twice.");
            using var axes = NeuronBasis.Of(Cut.Inputs(patient, layer)).to(run.Device.ToTorch());
            Selection = how.Select(patient, axes, layer, images, torch.zeros(axes.Features, device: run.Device.ToTorch()), run.For("select"));
            (Layer, Muted) = (layer, Selection.Features);
            if (Muted.Count > 0)
                Silence(Muted, layer);
        }

        public Classifier Finish() =>
            changes.Aggregate(patient, (network, change) => Edited.Of(network, change.Layer, change.Edit, change.Change)).On(run.Device);

        public string Recipe(string model) =>
            new JsonObject
            {
                ["operated"] = model,
                ["layer"] = Layer,
                ["muted"] = string.Join(",", Muted),
                ["seed"] = run.Seed.Value,
            }.ToJsonString();

        private torch.Tensor Means(ImageSet set)
        {
            using var inner = torch.NewDisposeScope();
            return autoencoder!.Encode(Cut.Rows(Cut.Store(patient, set, Layer!, run))).mean([0]).MoveToOuterDisposeScope();
        }
    }
}
