using Pentimento.Attribution;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Painting;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Look;
using Pentimento.Reports.Pictures;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>audit MODEL --data DATA</c>: whether the answers hang on the colour, and whether the evidence lies on the digit.</summary>
internal static class AuditVerb
{
    private sealed record Result(
        string Data,
        int Count,
        double FlipRate,
        double Low,
        double High,
        double? ColorShare,
        double? ShapeShare,
        Recoloring Recoloring,
        HueSweep Sweep,
        string Method,
        EvidenceLocalization Focus,
        Share Accuracy,
        string Verdict);

    public static Verb Create(Host host)
    {
        var model = Common.Model();
        var data = Common.Data("The set to audit on.");
        var network = Common.Network();
        var palette = new Option<string?>("--palette")
        {
            Description = "The colours to wear, as for build (default: the seed report's).",
            HelpName = "F.yaml",
        };
        var method = Common.Method("hires-cam");
        var limit = Common.Limit();
        var picture = new Option<string?>("--out")
        {
            Description = "Draw digits in every colour with the answers, and the sweep of hues, as PNG.",
            HelpName = "F.png",
        };
        var verb = new Verb(
            "audit",
            "Says whether a network reads the colour or the digit.",
            """
            The same digits are painted in every colour of the palette: an answer that changes hangs on the colour, which no heatmap can
            show. Then the attribution method says how much of the evidence lies on the digit. Any RGB images will do: what differs
            from the colour of an image's border counts as its digit; where the border is black the digit is painted, else the ground.

            Examples:
              pentimento audit lazy.safetensors --data gr_95z
              pentimento audit weights.pth --network cnn3 --data images.npz --limit 2000 --out audit.png --json
            """) { model, data, network, palette, method, limit, picture };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var asked = Catalog.Read<AttributionMethod>(parsed.GetValue(method)!);
            var colors = parsed.GetValue(palette) is { } custom ? PaletteFile.Read(custom) : Palette.Seed;
            var name = Common.OnlySet(parsed.GetValue(data)!, "audit");
            return session.Answer(
                torch: true,
                run =>
                {
                    using var scope = torch.NewDisposeScope();
                    using var judged = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run);
                    var set = session.Library.Find(name, Split.Test, parsed.GetValue(limit), run);
                    var how = Common.For(judged, [asked], parsed.GetResult(method))[0];
                    var layer = how.DefaultLayer(judged);
                    var predictions = Predictions.Of(judged, set, run);
                    var recoloring = Recoloring.Of(judged, set, colors, predictions, run);
                    var sweep = HueSweep.Of(judged, set, run);
                    var evidence = AttributionMethod.Evidence(how.ExplainSet(judged, set, predictions.Classes, layer, run), set.Shape);
                    var focus = EvidenceLocalization.Of(evidence, set, predictions.Classes);
                    var verdict = AuditVerdict.Of(recoloring, focus);
                    if (parsed.GetValue(picture) is { } drawing)
                        Draw(drawing, judged, set, colors, verdict, sweep, run);
                    return new Result(
                        set.Name,
                        set.Count,
                        recoloring.FlipRate,
                        recoloring.Low,
                        recoloring.High,
                        recoloring.Shares?.Color.Value,
                        recoloring.Shares?.Shape.Value,
                        recoloring,
                        sweep,
                        Catalog.Write(how),
                        focus,
                        predictions.Accuracy,
                        verdict);
                },
                Print);
        });
        return verb;
    }

    private static void Draw(string file, Classifier network, ImageSet set, Palette palette, string verdict, HueSweep sweep, RunContext run)
    {
        var shown = set.Pick([.. set.FirstOfEachClass().Take(10)]);
        var recolored = ColorReplacement
            .Recolored(shown.Tensor(), palette.Colors, ColorReplacement.HasColoredGround(set.Tensor()))
            .mul(255)
            .round()
            .to_type(torch.uint8)
            .permute(0, 1, 3, 4, 2);
        var answers = Recoloring.Logits(network, shown, palette.Colors, "draw", run).argmax(2);
        var table = AuditSheet.Table(
            shown,
            palette,
            [
                .. Each(shown.Count, digit =>
                    Each(palette.Colors.Count, color => new Picture(
                        shown.Shape.Width,
                        shown.Shape.Height,
                        recolored[digit][color].contiguous().data<byte>().ToArray()))),
            ],
            [.. Each(shown.Count, digit => answers[digit].data<long>().ToArray())]);
        var png = new AuditSheet("audit", verdict, table, new("hues", sweep, Ink.Lazy)).Draw();
        SafeFile.Write(file, stream => stream.Write(png));
    }

    private static IReadOnlyList<T> Each<T>(int count, Func<int, T> one) => [.. Enumerable.Range(0, count).Select(one)];

    private static void Print(Result result, TextWriter output)
    {
        var recoloring = result.Recoloring;
        output.WriteLine(result.Verdict);
        output.WriteLine();
        output.WriteLine($"The {recoloring.Recolored} of {result.Count:N0} images in every colour:");
        output.WriteLine(
            $"  another answer: {Tables.Percent(result.FlipRate)} of recolourings ({Tables.Percent(result.Low)} to {Tables.Percent(result.High)})");
        output.WriteLine($"  another answer in some colour: {recoloring.EverFlipped}");
        output.WriteLine($"  right before and wrong in some colour: {recoloring.CorrectFlipped}");
        if (recoloring.Shares is { } shares)
            output.WriteLine(
                $"  what moves the logits: colour {Share(shares.Color)}, shape {Share(shares.Shape)}, both together {Share(shares.Both)}");
        Tables.Write(
            output,
            ["answer", "wins most in", "given to all digits in that colour"],
            recoloring.Winners.Select(winner => (IReadOnlyList<string>)[$"{winner.Digit}", winner.Color, Tables.Percent(winner.Share)]));
        Tables.Write(output, result.Method, result.Focus);
        output.WriteLine($"Accuracy on {result.Data}: {result.Accuracy}.");
    }

    private static string Share(ConfidenceInterval share) =>
        $"{Tables.Percent(share.Value)} ({Tables.Percent(share.Low)} to {Tables.Percent(share.High)})";
}
