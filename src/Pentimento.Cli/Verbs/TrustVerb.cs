using System.Globalization;
using Pentimento.Attribution;
using Pentimento.Attribution.SanityChecks;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>trust MODEL... --data DATA</c>: whether heatmaps can be believed.</summary>
internal static class TrustVerb
{
    private sealed record Result(IReadOnlyList<SanityCheckReport> Networks, IReadOnlyList<SanityCheckVerdicts> Verdicts);

    public static Verb Create(Host host)
    {
        var models = Common.Models();
        var data = Common.Data("The set whose answers are explained.");
        var network = Common.Network();
        var method = Common.Methods("grad-cam", "input-gradient", "integrated-gradients", "guided-backpropagation", "eigen-cam");
        var layer = Common.Layer();
        var limit = new Option<int>("--limit")
        {
            Description = "Take the first N images.",
            DefaultValueFactory = _ => 100,
            HelpName = "N",
        }.AtLeast(1);
        var picture = new Option<string?>("--out") { Description = "Draw four panels for each network, as PNG.", HelpName = "F.png" };
        var verb = new Verb(
            "trust",
            "Says whether attribution maps can be believed.",
            """
            Four questions to each method: does its map change when the weights are made random, do the pixels it marks matter when
            they are removed (filled from their neighbours) or alone are kept, does it stand still under noise that nobody sees, and
            do methods agree. Give a network trained on un_0z as a second MODEL: what a method says of that one is its false alarm.

            Examples:
              pentimento train --data un_0z --out clean.safetensors
              pentimento trust lazy.safetensors clean.safetensors --data rg_95z --out trust.png
              pentimento trust lazy.safetensors --data gr_95z --method grad-cam rise:masks=500 --limit 50 --json
            """)
        {
            models,
            data,
            network,
            method,
            layer,
            limit,
            picture,
        };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var methods = parsed.GetValue(method)!.Select(Catalog.Read<AttributionMethod>).ToList();
            var name = Common.OnlySet(parsed.GetValue(data)!, "trust");
            return session.Answer(
                torch: true,
                run =>
                {
                    var reports = new List<SanityCheckReport>();
                    foreach (var model in parsed.GetValue(models)!)
                    {
                        using var scope = torch.NewDisposeScope();
                        using var explained = Session.Model(model, parsed.GetValue(network), run);
                        var set = session.Library.Find(name, Split.Test, parsed.GetValue(limit), run);
                        var fitting = Common.For(explained, methods, parsed.GetResult(method));
                        var cut = parsed.GetValue(layer) ?? fitting.OrderBy(how => how.ReadsLayer).Last().DefaultLayer(explained);
                        reports.Add(
                            SanityCheckReport.Of(
                                Path.GetFileNameWithoutExtension(model),
                                explained,
                                fitting,
                                set,
                                Predictor.Classes(explained, set, run),
                                cut,
                                run));
                    }

                    var verdicts = reports.Select(SanityCheckVerdicts.Of).ToList();
                    if (parsed.GetValue(picture) is { } drawing)
                    {
                        var png = new SanityCheckSheet("trust", reports, verdicts).Draw();
                        SafeFile.Write(drawing, stream => stream.Write(png));
                    }

                    return new Result(reports, verdicts);
                },
                Print);
        });
        return verb;
    }

    private static void Print(Result result, TextWriter output)
    {
        foreach (var (report, verdicts) in result.Networks.Zip(result.Verdicts))
        {
            output.WriteLine($"{report.Network} on {report.Count:N0} images of {report.Data}, at {report.Layer}:");
            Tables.Write(
                output,
                ["method", "left as layers go random", "insertion - deletion", "95% interval", "change under noise"],
                report.Methods.Select(
                    (method, at) =>
                        (IReadOnlyList<string>)
                            [
                                method,
                                Number(report.Randomization[at].Left),
                                Number(report.Removal[at].Gain),
                                $"{Number(report.Removal[at].Low)} to {Number(report.Removal[at].High)}",
                                Tables.Percent(report.Sensitivity[at].Value),
                            ]));
            foreach (var sentence in verdicts.All)
                output.WriteLine(sentence);
            output.WriteLine();
        }
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
