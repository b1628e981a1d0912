using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Networks;
using Pentimento.Painting;
using Pentimento.Reports.Figures;
using Pentimento.Sparse;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>features MODEL --autoencoder F</c>: what features do to logits, which are shortcuts, and a network in which they can be
/// probed.</summary>
internal static class FeaturesVerb
{
    private sealed record Result(
        string Layer,
        string Data,
        string? Model,
        string? Picture,
        IReadOnlyList<Shortcut> Shortcuts,
        IReadOnlyList<FeatureStrength> Strengths,
        LogitAttribution Attribution);

    public static Verb Create(Host host)
    {
        var model = Common.Model();
        var network = Common.Network();
        var autoencoder = new Option<string>("--autoencoder")
        {
            Description = "The features, as 'pentimento decompose' wrote them.",
            Required = true,
            HelpName = "F",
        };
        var data = new Option<string>("--data")
        {
            Description = "Images whose colour says nothing of the digit.",
            DefaultValueFactory = _ => "un_0z",
            HelpName = "DATA",
        };
        var training = new Option<string?>("--training")
        {
            Description = "What tells which digit a colour predicts (default: the autoencoder's images).",
            HelpName = "DATA",
        };
        var compare = Common.Data("Sets to measure every feature's strength on, e.g. rg_95z gr_95z bw_100z.", "--compare", required: false);
        var limit = Common.Limit();
        var file = new Option<string?>("--out")
        {
            Description = "Write the network with the features as a cut, 'features', for probe, visualize and explain.",
            HelpName = "FILE",
        };
        var picture = new Option<string?>("--picture") { Description = "Draw the matrix of features and logits, as PNG.", HelpName = "F.png" };
        var verb = new Verb(
            "features",
            "Says what sparse features do to the answers, and which of them are shortcuts.",
            """
            Three things are measured for every feature and logit: their correlation, the direct effect of a unit of the feature, and the causal effect, what
            is lost without it. A shortcut answers to a colour and speaks for the digit that wore that colour in training.

            Examples:
              pentimento features lazy.safetensors --autoencoder features.safetensors --limit 2000 --picture logits.png
              pentimento features lazy.safetensors --autoencoder features.safetensors --compare rg_95z gr_95z bw_100z --out seen.safetensors
              pentimento probe seen.safetensors --layer fc1 features
            """)
        {
            model,
            network,
            autoencoder,
            data,
            training,
            compare,
            limit,
            file,
            picture,
        };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            return session.Answer(
                torch: true,
                run =>
                {
                    using var scope = torch.NewDisposeScope();
                    var place = parsed.GetValue(autoencoder)!;
                    var (features, layer) = AutoencoderFile.Read(place);
                    var looked = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run, layer);
                    AutoencoderFile.Fits(place, features, looked, layer);
                    features.to(run.Device.ToTorch());
                    var most = parsed.GetValue(limit);
                    var set = session.Library.Find(parsed.GetValue(data)!, Split.Test, most, run);
                    Require.That(set.Colors.Length > 0, $"{set.Name} does not say which colour each image wears; shortcuts need to know.");
                    var learned = parsed.GetValue(training)
                        ?? AutoencoderFile.Recorded(place)["data"]?.GetValue<string>()
                        ?? throw new BadInputException("Say with --training which images tell what a colour predicts.");
                    var attribution = LogitAttribution.Of(looked, features, layer, set, run);
                    var strengths = new[] { set }
                        .Concat((parsed.GetValue(compare) ?? []).Select(name => session.Library.Find(name, Split.Test, most, run)))
                        .Select(one => FeatureStrength.Of(looked, features, layer, one, run))
                        .ToList();
                    var shortcuts = Shortcut.Find(
                        attribution,
                        strengths[0].ByColor,
                        strengths[0].Colors,
                        session.Library.Find(learned, Split.Train, most, run));
                    var drawing = parsed.GetValue(picture) is { } png ? Path.GetFullPath(png) : null;
                    if (drawing is not null)
                    {
                        var drawn = new LogitMatrix(attribution).Png();
                        SafeFile.Write(drawing, stream => stream.Write(drawn));
                    }

                    using var seen = Decomposed.Of(looked, layer, features);
                    var written = parsed.GetValue(file) is { } given ? Path.GetFullPath(given) : null;
                    if (written is not null)
                        ModelFile.Write(written, seen, $"{{\"autoencoder\":\"{Path.GetFileName(place)}\"}}");
                    return new Result(layer, set.Name, written, drawing, shortcuts, strengths, attribution);
                },
                Print);
        });
        return verb;
    }

    private static void Print(Result result, TextWriter output)
    {
        var caught = result.Shortcuts.Where(one => one.IsShortcut).ToList();
        output.WriteLine(
            $"{caught.Count} of {result.Shortcuts.Count} features that are ever active at {result.Layer} are tied to a colour and speak for the digit that it predicts. The strongest:"
        );
        Tables.Write(
            output,
            ["feature", "colour", "lead over the next", "predicts", "speaks for", "effect", "correlation"],
            caught
                .Take(20)
                .Select(one =>
                    (IReadOnlyList<string>)
                        [
                            $"{one.Feature}",
                            one.Color is >= 0 and < 10 ? Palette.Seed[(int)one.Color].Name : $"{one.Color}",
                            Tables.Percent(one.ColorShare),
                            $"{one.Predicts}",
                            $"{one.Supports}",
                            one.Effect.ToString("0.00", CultureInfo.InvariantCulture),
                            one.Correlation.ToString("0.00", CultureInfo.InvariantCulture),
                        ]));
        if (result.Strengths.Count > 1)
        {
            output.WriteLine("Mean activation by set:");
            Tables.Write(
                output,
                ["feature", .. result.Strengths.Select(set => set.Data)],
                caught
                    .Take(20)
                    .Select(one =>
                        (IReadOnlyList<string>)
                            [
                                $"{one.Feature}",
                                .. result.Strengths.Select(set => set.Mean[one.Feature].ToString("0.000", CultureInfo.InvariantCulture)),
                            ]));
        }

        foreach (var written in new[] { result.Model, result.Picture }.Where(written => written is not null))
            output.WriteLine($"Written: {written}");
    }
}
