using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Probing;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pictures;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>visualize MODEL --layer L</c>: the pictures that channels answer most strongly.</summary>
internal static class VisualizeVerb
{
    private const int Company = 10;
    private const int Zoom = 8;

    private sealed record Result(string Layer, string Method, string Sheet, IReadOnlyList<Drawn> Images);

    private sealed record Drawn(
        int Channel,
        int Copy,
        double Activation,
        double BestReal,
        bool BeatsBestReal,
        double Path,
        double RealPath,
        string File);

    public static Verb Create(Host host)
    {
        var model = Common.Model();
        var network = Common.Network();
        var layer = new Option<string?>("--layer")
        {
            Description = "The cut whose channels are drawn (default: the last with maps after ReLU); the last cut's channels are the classes.",
            HelpName = "L",
        };
        var channels = new Option<string?>("--channels") { Description = "Which channels, e.g. 0,3,8 (default: all).", HelpName = "IDS" };
        var with = new Option<string>("--with")
        {
            Description = "One of: pentimento list visualizations.",
            DefaultValueFactory = _ => "jittered",
            HelpName = "SPEC",
        };
        var aim = new Option<MapReduction>("--aim")
        {
            Description = "What is to grow: the mean over the channel's places, its center or its maximum.",
            HelpName = "mean|center|maximum",
        }.OneOf();
        var copies = new Option<int>("--copies")
        {
            Description = "How many different pictures of each channel.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        }.AtLeast(1);
        var data = new Option<string>("--data")
        {
            Description = "The real images that each picture is measured against.",
            DefaultValueFactory = _ => "un_0z",
            HelpName = "DATA",
        };
        var limit = Common.Limit();
        var folder = new Option<string>("--out")
        {
            Description = "Where the pictures are written.",
            DefaultValueFactory = _ => "visualizations",
            HelpName = "FOLDER",
        };
        var verb = new Verb(
            "visualize",
            "Draws what each channel of a layer answers most strongly.",
            """
            All channels are drawn in one batch. A picture is no evidence by itself, so each is measured: does it activate its channel more than
            the best real image, and does it travel through the network as that channel's best real images do (path: a rank correlation; real
            path is what those images have among themselves)?

            Examples:
              pentimento visualize lazy.safetensors --layer conv3
              pentimento visualize lazy.safetensors --layer fc2 --with fourier:steps=512 --out classes
              pentimento visualize lazy.safetensors --layer relu2 --channels 4,7 --copies 4 --aim center
            """) { model, network, layer, channels, with, aim, copies, data, limit, folder };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var how = Catalog.Read<Visualization>(parsed.GetValue(with)!);
            return session.Answer(
                torch: true,
                run =>
                {
                    using var scope = torch.NewDisposeScope();
                    using var seen = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run, parsed.GetValue(layer) ?? "");
                    var cut = parsed.GetValue(layer) ?? seen.LastRelu;
                    var real = session.Library.Find(parsed.GetValue(data)!, Split.Test, parsed.GetValue(limit), run);
                    Require.That(real.Shape == seen.Shape, $"The network reads images of {seen.Shape}, {real.Name} has {real.Shape}; say --data.");
                    var goal = new VisualizationTarget(
                        cut,
                        Chosen(parsed.GetValue(channels), VisualizationTarget.ChannelsOf(seen, cut)),
                        parsed.GetValue(aim),
                        parsed.GetValue(copies));
                    var pictures = how.Draw(seen, goal, real, run.For("visualize"));
                    var checks = PictureCheck.Of(seen, goal, pictures, real, Math.Min(Company, real.Count), run);
                    return Written(System.IO.Path.GetFullPath(parsed.GetValue(folder)!), Catalog.Write(how), goal, pictures, seen.Shape, checks);
                },
                Print);
        });
        return verb;
    }

    private static IReadOnlyList<int> Chosen(string? words, int channels)
    {
        if (words is null)
            return [.. Enumerable.Range(0, channels)];
        return
        [
            .. words
                .Split(',', StringSplitOptions.TrimEntries)
                .Select(word =>
                {
                    Require.That(
                        int.TryParse(word, CultureInfo.InvariantCulture, out var channel) && channel >= 0 && channel < channels,
                        $"--channels {words}: '{word}' is no channel from 0 to {channels - 1}.");
                    return channel;
                }),
        ];
    }

    private static Result Written(
        string folder,
        string method,
        VisualizationTarget goal,
        torch.Tensor pictures,
        ImageShape shape,
        IReadOnlyList<PictureCheck> checks)
    {
        var tiles = new List<Tile>();
        var images = new List<Drawn>();
        for (var at = 0; at < checks.Count; at++)
        {
            var (check, copy) = (checks[at], at % goal.Copies);
            var picture = Picture.Of(pictures[at].contiguous().cpu().data<float>().ToArray(), shape);
            var name = string.Create(CultureInfo.InvariantCulture, $"{goal.Layer}-{check.Channel:000}{(goal.Copies > 1 ? $"-{copy}" : "")}.png");
            SafeFile.Write(Path.Combine(folder, name), stream => stream.Write(picture.Enlarged(Zoom)));
            tiles.Add(
                new(
                    picture,
                    $"channel {check.Channel}",
                    $"{check.Channel}",
                    Note: string.Create(CultureInfo.InvariantCulture, $"{check.Activation:0.00} / {check.BestReal:0.00}")));
            images.Add(
                new(
                    check.Channel,
                    copy,
                    check.Activation,
                    check.BestReal,
                    check.Activation > check.BestReal,
                    check.Path,
                    check.RealPath,
                    Path.Combine(folder, name)));
        }

        var sheet = new ChannelSheet(goal.Layer, $"The pictures that the channels of {goal.Layer} answer most strongly.", tiles);
        sheet.Save(folder);
        return new(goal.Layer, method, Path.Combine(folder, $"{sheet.Name}.png"), images);
    }

    private static void Print(Result result, TextWriter output)
    {
        static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
        Tables.Write(
            output,
            ["channel", "activation", "best real image", "path", "real path"],
            result.Images.Select(image =>
                (IReadOnlyList<string>)
                    [$"{image.Channel}", Number(image.Activation), Number(image.BestReal), Number(image.Path), Number(image.RealPath)]));
        output.WriteLine(
            $"{result.Images.Count(image => image.BeatsBestReal)} of {result.Images.Count} pictures activate their channel more than the best real image."
        );
        output.WriteLine(result.Sheet);
    }
}
