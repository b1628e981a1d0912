using System.Globalization;
using System.Text.Json;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Probing;
using Pentimento.Reports.Atlases;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>probe MODEL --data DATA --layer L</c>: what each neuron knows, and which role it plays.</summary>
internal static class ProbeVerb
{
    private sealed record Result(
        string Layer,
        string Data,
        string? Warning,
        string Atlas,
        string Table,
        IReadOnlyList<AtlasLayer> Layers,
        IReadOnlyList<Neuron> Neurons);

    private sealed class Options
    {
        public Argument<string?> Model { get; } =
            new("MODEL")
            {
                Description = "A .safetensors written by pentimento, or weights with --network; none with --activations.",
                Arity = ArgumentArity.ZeroOrOne,
            };

        public Option<string?> Activations { get; } =
            new("--activations")
            {
                Description = "Probe anybody's channels instead: activations (N, C), labels (N) and colors (N).",
                HelpName = "F.npz",
            };

        public Option<string> Data { get; } =
            new("--data")
            {
                Description = "The images to probe on; their colours should say nothing of their digits.",
                DefaultValueFactory = _ => "un_0z",
                HelpName = "DATA",
            };

        public Option<string?> Network { get; } = Common.Network();

        public Option<string[]> Layer { get; } =
            Common.Data("The cuts to probe (default: the last with maps after ReLU).", "--layer", required: false);

        public Option<string> Grey { get; } =
            new("--grey")
            {
                Description = "Images without colour, which decide what survives; none for none.",
                DefaultValueFactory = _ => "bw_100z",
                HelpName = "DATA",
            };

        public Option<string[]> Evaluate { get; } =
            Common.Data("Sets on which channels are silenced (default: rg_95z gr_95z bw_100z).", "--evaluate", required: false);

        public Option<int> Trials { get; } =
            new Option<int>("--trial-images")
            {
                Description = "Images of each set on which channels are silenced; 0 for no ablation.",
                DefaultValueFactory = _ => 1000,
                HelpName = "N",
            }.AtLeast(0);

        public Option<AblationValue> Ablation { get; } =
            new("--ablation") { Description = "What an ablated channel answers.", HelpName = "zero|mean" };

        public Option<MapPooling> Pool { get; } =
            new("--pool")
            {
                Description = "How a map becomes the one number that is probed and ranks the top images.",
                HelpName = "mean|maximum|strongest",
            };

        public Option<string> Bins { get; } =
            new("--bins")
            {
                Description = "One of: pentimento list binnings.",
                DefaultValueFactory = _ => "quantile",
                HelpName = "SPEC",
            };

        public Option<string> With { get; } =
            new("--with")
            {
                Description = "How neurons are drawn, one of: pentimento list visualizations.",
                DefaultValueFactory = _ => "jittered",
                HelpName = "SPEC",
            };

        public Option<int> Permutations { get; } =
            new Option<int>("--permutations")
            {
                Description = "Permutations behind each p-value.",
                DefaultValueFactory = _ => 200,
                HelpName = "N",
            }.AtLeast(0);

        public Option<int> Resamples { get; } =
            new Option<int>("--resamples")
            {
                Description = "Bootstrap resamples behind each role.",
                DefaultValueFactory = _ => 100,
                HelpName = "N",
            }.AtLeast(0);

        public Option<string?> Sort { get; } =
            new("--sort") { Description = "The column that orders the table, largest first.", HelpName = "COLUMN" };

        public Option<int> Limit { get; } = Common.Limit();

        public Option<string> Out { get; } =
            new("--out")
            {
                Description = "Where neurons.json, neurons.csv and atlas.html are written.",
                DefaultValueFactory = _ => "probe",
                HelpName = "FOLDER",
            };

        public IEnumerable<Option> All =>
            [Activations, Data, Network, Layer, Grey, Evaluate, Trials, Ablation, Pool, Bins, With, Permutations, Resamples, Sort, Limit, Out];
    }

    public static Verb Create(Host host)
    {
        var options = new Options();
        var verb = new Verb("probe", "Finds out what each neuron knows of colour and digit, and which role it plays.",
            """
            Information is measured on images whose colour says nothing of the digit, with p-values; a neuron is a traitor if it tells the colour and
            little of the digit where there is no colour, a hero if it is the other way round; silencing neurons shows whether that matters. Columns to
            sort by are those of neurons.csv, e.g. miColor, survives, polysemantic.

            Examples:
              pentimento probe lazy.safetensors --layer relu3
              pentimento probe lazy.safetensors --layer relu1 relu2 relu3 --sort polysemantic --out neurons
              pentimento probe --activations features.npz --permutations 1000 --json
            """) { options.Model };
        foreach (var option in options.All) verb.Add(option);
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var (model, activations) = (parsed.GetValue(options.Model), parsed.GetValue(options.Activations));
            Require.That(model is null != activations is null, $"probe takes either a MODEL or --activations F.npz.");
            var prober = new Prober(
                Catalog.Read<Binning>(parsed.GetValue(options.Bins)!),
                parsed.GetValue(options.Permutations),
                parsed.GetValue(options.Resamples),
                new(),
                new(),
                session.Threads);
            return session.Answer(
                torch: model is not null,
                run =>
                    model is null
                        ? Anybodys(activations!, prober, parsed, options, session, run)
                        : Network(model, prober, parsed, options, session, run),
                Print);
        });
        return verb;
    }

    private static Result Anybodys(string file, Prober prober, ParseResult parsed, Options options, Session session, RunContext run)
    {
        var table = ActivationTable.Read(file);
        var warning = Warned(table.Name, table.Labels, table.Colors, session);
        var probed = Probed.Of(table, prober, run);
        return Written([probed], table.Name, table.Name, null, warning, parsed, options);
    }

    private static Result Network(string model, Prober prober, ParseResult parsed, Options options, Session session, RunContext run)
    {
        var drawing = Catalog.Read<Visualization>(parsed.GetValue(options.With)!);
        using var scope = torch.NewDisposeScope();
        using var network = Session.Model(model, parsed.GetValue(options.Network), run, parsed.GetValue(options.Layer) ?? []);
        var limit = parsed.GetValue(options.Limit);
        var set = session.Library.Find(parsed.GetValue(options.Data)!, Split.Test, limit, run);
        Require.That(set.Colors.Length > 0, $"{set.Name} does not say which colour each image wears; probing needs to know.");
        var warning = Warned(set.Name, set.Labels, set.Colors, session);
        var (greyName, trials) = (parsed.GetValue(options.Grey)!, parsed.GetValue(options.Trials));
        var grey = greyName.Equals("none", StringComparison.OrdinalIgnoreCase) ? null : session.Library.Find(greyName, Split.Test, limit, run);
        var judged = parsed.GetValue(options.Evaluate) is { Length: > 0 } named ? named : ["rg_95z", "gr_95z", "bw_100z"];
        var task = new ProbeTask(
            set, grey, trials == 0 ? [] : [.. judged.Select(name => session.Library.Find(name, Split.Test, trials, run))],
            parsed.GetValue(options.Pool), parsed.GetValue(options.Ablation), prober, drawing);
        string[] layers = parsed.GetValue(options.Layer) is { Length: > 0 } wanted ? wanted : [network.LastRelu];
        foreach (var layer in layers)
            VisualizationTarget.ChannelsOf(network, layer);
        return Written(
            [.. layers.Select(layer => Probed.Of(network, task, layer, run))],
            Path.GetFileNameWithoutExtension(model),
            set.Name,
            grey?.Name,
            warning,
            parsed,
            options);
    }

    private static string? Warned(string name, long[] labels, long[] colors, Session session)
    {
        var warning = Dependence.Warning(name, labels, colors);
        if (warning is not null) session.Error.WriteLine($"pentimento: take care: {warning}");
        return warning;
    }

    private static Result Written(
        IReadOnlyList<Probed> probed,
        string subject,
        string data,
        string? grey,
        string? warning,
        ParseResult parsed,
        Options options)
    {
        var folder = Path.GetFullPath(parsed.GetValue(options.Out)!);
        IReadOnlyList<Neuron> neurons = [.. probed.SelectMany(layer => layer.Neurons)];
        if (parsed.GetValue(options.Sort) is { } column) neurons = NeuronColumns.Sorted(neurons, column);
        var layers = probed.Select(layer => layer.Layer).ToList();
        var result = new Result(
            string.Join(",", layers.Select(layer => layer.Name)),
            data,
            warning,
            Path.Combine(folder, "atlas.html"),
            Path.Combine(folder, "neurons.csv"),
            layers,
            neurons);
        SafeFile.Write(result.Table, NeuronColumns.Csv(neurons));
        SafeFile.Write(Path.Combine(folder, "neurons.json"), JsonSerializer.Serialize(result, Json.Options));
        SafeFile.Write(result.Atlas, new Atlas(subject, data, grey, warning, layers, [.. probed.SelectMany(layer => layer.Cards)]).Html());
        return result;
    }

    private static void Print(Result result, TextWriter output)
    {
        var columns = NeuronColumns.Of(result.Neurons).Where(column => column.Printed).ToList();
        Tables.Write(
            output,
            [.. columns.Select(column => column.Name)],
            result.Neurons.Select(neuron =>
                (IReadOnlyList<string>)[.. columns.Select(column => NeuronColumns.Written(column.Value(neuron), inFull: false))]));
        foreach (var layer in result.Layers.Where(layer => layer.Groups.Count > 0))
        {
            Tables.Write(
                output,
                [$"{layer.Name} without", "channels", .. layer.Groups[0].Accuracy.Keys],
                layer.Groups.Select(group =>
                    (IReadOnlyList<string>)
                        [
                            group.Name,
                            group.Channels.Count.ToString(CultureInfo.InvariantCulture),
                            .. group.Accuracy.Values.Select(share => Tables.Percent(share.Value)),
                        ]));
        }

        output.WriteLine(
            string.Join(
                ", ",
                result.Neurons.CountBy(neuron => neuron.Role).OrderByDescending(group => group.Value).Select(group => $"{group.Value} {group.Key}")));
        output.WriteLine(result.Atlas);
    }
}
