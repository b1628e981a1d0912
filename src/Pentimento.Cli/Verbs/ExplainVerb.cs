using Pentimento.Attribution;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Reports;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pictures;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>explain MODEL --data DATA</c>: attribution maps, and where their evidence lies.</summary>
internal static class ExplainVerb
{
    private sealed record Result(string Method, string Layer, Focus Focus);

    public static Verb Create(Host host)
    {
        var model = Common.Model();
        var data = Common.Data("The set to explain answers on.");
        var network = Common.Network();
        var method = new Option<string>("--method") { Description = "One of: pentimento list attributions.", DefaultValueFactory = _ => "grad-cam", HelpName = "SPEC" };
        var layer = new Option<string?>("--layer") { Description = "The cut to look at (default: the last with maps after ReLU).", HelpName = "L" };
        var target = new Option<string>("--target") { Description = "The class explained: predicted, true or a number.", DefaultValueFactory = _ => "predicted", HelpName = "T" };
        var raw = new Option<bool>("--raw") { Description = "Save maps with sign and size, at the layer's resolution." };
        var limit = Common.Limit();
        var save = new Option<string?>("--save") { Description = "Write maps, float32 (N, H, W), and targets, int64 (N).", HelpName = "F.npz" };
        var picture = new Option<string?>("--out") { Description = "Draw the first images of each class with their evidence, as PNG.", HelpName = "F.png" };
        var verb = new Verb("explain", "Says which places of each image speak for a class.",
            """
            Without --raw a map holds the positive evidence, enlarged to the image.

            Examples:
              pentimento explain weights.npz --network cnn3 --data images.npz --layer relu3 --target true --raw --save maps.npz
              pentimento explain lazy.safetensors --data gr_95z --limit 1000 --out evidence.png
            """) { model, data, network, method, layer, target, raw, limit, save, picture };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var how = Catalog.Read<AttributionMethod>(parsed.GetValue(method)!);
            var names = parsed.GetValue(data)!;
            Require.That(names.Length == 1, $"explain takes one set, got {names.Length}.");
            return session.Answer(torch: true, run =>
            {
                using var scope = torch.NewDisposeScope();
                using var explained = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run);
                var set = session.Library.Find(names[0], Split.Test, parsed.GetValue(limit), run);
                var targets = Targets(parsed.GetValue(target)!, explained, set, run);
                var cut = parsed.GetValue(layer) ?? explained.LastRelu;
                var maps = how.ExplainSet(explained, set, targets, cut, run);
                var evidence = AttributionMethod.Evidence(maps, set.Shape);
                if (parsed.GetValue(save) is { } file)
                {
                    var kept = parsed.GetValue(raw) ? maps : evidence;
                    Npz.Write(file, [new("maps", new(kept.contiguous().data<float>().ToArray(), kept.shape)), new("targets", new(targets, targets.Length))]);
                }

                if (parsed.GetValue(picture) is { } drawing) Draw(drawing, set, Judge.Answers(explained, set, run), evidence);
                return new Result(Catalog.Write(how), cut, Focus.Of(evidence, set, Judge.Answers(explained, set, run)));
            }, Print);
        });
        return verb;
    }

    private static long[] Targets(string target, Classifier network, ImageSet set, RunContext run)
    {
        if (target.Equals("predicted", StringComparison.OrdinalIgnoreCase)) return Judge.Answers(network, set, run);
        if (target.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            Require.That(set.Labels.All(label => label < network.Classes), $"{set.Name} has label {set.Labels.Max()}, but the network knows only {network.Classes} classes.");
            return set.Labels;
        }

        Require.That(int.TryParse(target, out var fixedClass) && fixedClass >= 0 && fixedClass < network.Classes, $"--target {target}: expected predicted, true or a class from 0 to {network.Classes - 1}.");
        return [.. Enumerable.Repeat((long)fixedClass, set.Count)];
    }

    private static void Draw(string file, ImageSet set, long[] answers, torch.Tensor evidence)
    {
        int[] places = [.. Enumerable.Range(0, set.Count).GroupBy(at => set.Labels[at]).OrderBy(group => group.Key).Select(group => group.First()).Take(12)];
        var maps = places.Select(at => evidence[at].contiguous().data<float>().ToArray()).ToArray();
        var shown = new ExplainedImages(set.Pick(places), [new Explanations("network", [.. places.Select(at => answers[at])], maps)]);
        var png = PictureTables.Looks(shown, Heat.Over(maps)).Draw();
        SafeFile.Write(file, stream => stream.Write(png));
    }

    private static void Print(Result result, TextWriter output)
    {
        var focus = result.Focus;
        output.WriteLine($"{result.Method} at {result.Layer}, {focus.Count:N0} images.");
        output.WriteLine($"On lit pixels: {Tables.Percent(focus.OnDigit)} of the positive evidence ({Tables.Percent(focus.Low)} to {Tables.Percent(focus.High)}); evidence spread evenly would give {Tables.Percent(focus.Lit)}.");
        output.WriteLine($"No positive evidence at all: {focus.NoEvidence:N0} images.");
    }
}
