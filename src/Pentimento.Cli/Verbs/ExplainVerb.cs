using Pentimento.Attribution;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>explain MODEL... --data DATA</c>: attribution maps, and where their evidence lies.</summary>
internal static class ExplainVerb
{
    private sealed record Result(string Method, string Layer, EvidenceLocalization Focus, IReadOnlyList<Explained> Explanations);

    private sealed record Explained(
        string Network,
        string Method,
        string Layer,
        EvidenceLocalization Focus,
        double? CompletenessGap,
        string? Caution);

    public static Verb Create(Host host)
    {
        var models = Common.Models();
        var data = Common.Data("The set to explain answers on.");
        var network = Common.Network();
        var method = Common.Methods("grad-cam");
        var layer = Common.Layer();
        var target = new Option<string>("--target")
        {
            Description = "The class explained: predicted, true or a number.",
            DefaultValueFactory = _ => "predicted",
            HelpName = "T",
        };
        var raw = new Option<bool>("--raw") { Description = "Save maps with sign and size, at the layer's resolution." };
        var limit = Common.Limit();
        var save = new Option<string?>("--save")
        {
            Description = "Write maps, float32 (N, H, W), and targets, int64 (N), of one network and method.",
            HelpName = "F.npz",
        };
        var picture = new Option<string?>("--out")
        {
            Description = "Draw the first image of each class with each network's and method's evidence, as PNG.",
            HelpName = "F.png",
        };
        var signed = new Option<bool>("--signed") { Description = "Draw what speaks against the class too: orange for, blue against." };
        var cases = new Option<bool>("--cases")
        {
            Description = "Draw three cases: wrong place, right place but the colour wins, right answer from the wrong place.",
        };
        var verb = new Verb(
            "explain",
            "Says which places of each image speak for a class.",
            """
            Without --raw a map holds the positive evidence, enlarged to the image. Several MODELs and methods are drawn side by side,
            each method on one scale for all networks. A map without positive evidence is said to have none.

            Examples:
              pentimento explain weights.npz --network cnn3 --data images.npz --layer relu3 --target true --raw --save maps.npz
              pentimento explain lazy.safetensors repaired.safetensors --data gr_95z --limit 1000 --method grad-cam integrated-gradients --out both.png
              pentimento explain lazy.safetensors --data gr_95z --limit 1000 --cases --out cases.png
            """)
        {
            models,
            data,
            network,
            method,
            layer,
            target,
            raw,
            limit,
            save,
            picture,
            signed,
            cases,
        };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var methods = parsed.GetValue(method)!.Select(Catalog.Read<AttributionMethod>).ToList();
            var files = parsed.GetValue(models)!;
            var name = Common.OnlySet(parsed.GetValue(data)!, "explain");
            Require.That(
                parsed.GetValue(save) is null || (files.Length == 1 && methods.Count == 1),
                $"--save keeps the maps of one network and one method, got {files.Length} and {methods.Count}.");
            Require.That(!(parsed.GetValue(signed) && parsed.GetValue(cases)), $"--cases are told by positive evidence; leave out --signed.");
            return session.Answer(
                torch: true,
                run =>
                {
                    using var scope = torch.NewDisposeScope();
                    var drawing = parsed.GetValue(picture) is { } file
                        ? new ExplainDrawing(file, parsed.GetValue(signed), parsed.GetValue(cases))
                        : null;
                    var results = new List<Explained>();
                    foreach (var model in files)
                    {
                        using var explained = Session.Model(model, parsed.GetValue(network), run);
                        var set = ClassAgreement.Fitted(explained, session.Library.Find(name, Split.Test, parsed.GetValue(limit), run));
                        var answers = Predictor.Classes(explained, set, run);
                        var targets = Targets(parsed.GetValue(target)!, explained, set, answers);
                        foreach (var how in Common.For(explained, methods, parsed.GetResult(method)))
                        {
                            using var inner = torch.NewDisposeScope();
                            var cut = parsed.GetValue(layer) ?? how.DefaultLayer(explained);
                            var maps = how.ExplainSet(explained, set, targets, cut, run);
                            var evidence = AttributionMethod.Evidence(maps, set.Shape);
                            if (parsed.GetValue(save) is { } kept)
                                Save(kept, parsed.GetValue(raw) ? maps : evidence, targets);
                            drawing?.Add(Path.GetFileNameWithoutExtension(model), how, set, answers, maps);
                            double? gap = how is IntegratedGradients ? IntegratedGradients.CompletenessGap(explained, set, targets, maps, run) : null;
                            results.Add(
                                new(
                                    Path.GetFileNameWithoutExtension(model),
                                    Catalog.Write(how),
                                    how.ReadsLayer ? cut : "input",
                                    EvidenceLocalization.Of(evidence, set, answers),
                                    gap,
                                    how.Caution));
                        }
                    }

                    drawing?.Draw();
                    return new Result(results[0].Method, results[0].Layer, results[0].Focus, results);
                },
                Print);
        });
        return verb;
    }

    private static long[] Targets(string target, Classifier network, ImageSet set, long[] answers)
    {
        if (target.Equals("predicted", StringComparison.OrdinalIgnoreCase))
            return answers;
        if (target.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            Require.That(
                set.Labels.All(label => label < network.Classes),
                $"{set.Name} has label {set.Labels.Max()}, but the network knows only {network.Classes} classes.");
            return set.Labels;
        }

        Require.That(
            int.TryParse(target, out var fixedClass) && fixedClass >= 0 && fixedClass < network.Classes,
            $"--target {target}: expected predicted, true or a class from 0 to {network.Classes - 1}.");
        return [.. Enumerable.Repeat((long)fixedClass, set.Count)];
    }

    private static void Save(string file, torch.Tensor maps, long[] targets) =>
        Npz.Write(file, [new("maps", new(maps.contiguous().data<float>().ToArray(), maps.shape)), new("targets", new(targets, targets.Length))]);

    private static void Print(Result result, TextWriter output)
    {
        foreach (var explained in result.Explanations)
        {
            Tables.Write(output, $"{explained.Network}, {explained.Method} at {explained.Layer}", explained.Focus);
            if (explained.CompletenessGap is { } gap)
                output.WriteLine($"  the maps miss the logit gained over black by {Tables.Percent(gap)} of it, in the mean");
            if (explained.Caution is { } caution)
                output.WriteLine($"  Caution: {caution}");
        }
    }
}
