using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Evaluation;
using Pentimento.Painting;
using Pentimento.Probing;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Runs;
using Pentimento.Studies.Parts;
using TorchSharp;

namespace Pentimento.Studies.Chapters;

/// <summary>Sparse features of two networks: heroes and traitors among them, what they do to logits, and what ablating and steering them
/// does.</summary>
internal static class DecompositionChapter
{
    private const string Layer = DecomposedModel.Layer;
    private const int Named = 8;
    private static readonly string[] Trained = ["lazy", "plain"];

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var models = Trained
            .SelectMany(name => Enumerable.Range(0, context.Trainings(name).Count).Select(seed => DecomposedModel.Of(context, name, seed)))
            .ToList();
        try
        {
            var first = Trained.ToDictionary(name => name, name => models.First(model => model.Name == name));
            writer.Say(
                $"The report's autoencoder, ReLU with an L1 penalty, takes the layer {Layer} apart into four features an input. Every figure is "
                    + $"measured on training images that it did not see."
            );
            writer.List(
                "autoencoders",
                "How well features rebuild the layer.",
                ["network", "seed", "unexplained", "active features", "dead", "loss recovered"],
                models.Select(model =>
                    (IReadOnlyList<string>)
                        [
                            model.Name,
                            $"{model.Seed}",
                            Numbers.Percent(model.Quality.Fvu),
                            $"{Numbers.Decimal(model.Quality.L0, 1)} of {model.Autoencoder.Features}",
                            Numbers.Percent(model.Quality.Dead),
                            Numbers.Percent(model.Inserted.RecoveredFromZero),
                        ]));
            writer.List(
                "purity",
                $"Features and neurons side by side, probed on {context.Recipe.Unbiased}: who tells more than twice as much of one as of the other.",
                ["network", "seed", "of", "channels that tell anything", "traitors", "heroes", "both"],
                models.SelectMany(model =>
                    new[] { ("neurons", model.Neurons), ("features", model.Features) }.Select(kind =>
                        (IReadOnlyList<string>)
                            [
                                model.Name,
                                $"{model.Seed}",
                                kind.Item1,
                                $"{Informative(kind.Item2).Count}",
                                Part(kind.Item2, "traitor"),
                                Part(kind.Item2, "hero"),
                                Part(kind.Item2, "both"),
                            ])));
            var lazy = first["lazy"];
            writer.Draw(
                new LogitMatrix(lazy.Attribution),
                "The lazy network's features and the logits: what goes together (left), the direct effect of a unit (middle), what is lost "
                    + "without the feature (right)."
            );
            var caught = lazy.Shortcuts.Where(one => one.IsShortcut).Take(Named).ToList();
            writer.List(
                "shortcuts",
                $"Shortcuts in the lazy network: features that answer to one colour and hold up the logit of the digit which has it in "
                    + $"{context.Recipe.Train}; their mean activation on three sets is the report's test.",
                ["feature", "colour", "predicts", "holds up", "by", "correlation", .. lazy.Strengths.Select(set => set.Data)],
                caught.Select(one =>
                    (IReadOnlyList<string>)
                        [
                            $"{one.Feature}",
                            ColorName(one.Color),
                            $"{one.Predicts}",
                            $"{one.Supports}",
                            Numbers.Decimal(one.Effect, 2),
                            Numbers.Decimal(one.Correlation, 2),
                            .. lazy.Strengths.Select(set => Numbers.Decimal(set.Mean[one.Feature], 2)),
                        ]));
            Operate(context, writer, models, first);
        }
        finally
        {
            foreach (var model in models) model.Dispose();
        }
    }

    private static void Operate(StudyContext context, ChapterWriter writer, List<DecomposedModel> models, Dictionary<string, DecomposedModel> first)
    {
        var (own, reversed) =
            (context.Test(context.Recipe.Train, context.Recipe.Looked), context.Test(context.Recipe.Reversed, context.Recipe.Looked));
        var cuts = models
            .Select(model =>
                (
                    Model: model,
                    Before: model.Examine(own, reversed, context.Run),
                    After: model.Without(model.Shortcuts.Where(one => one.IsShortcut).Select(one => one.Feature)).Examine(own, reversed, context.Run)
                ))
            .ToList();
        writer.Head("Surgery");
        writer.List(
            "ablated",
            "All shortcuts ablated: accuracy, and the share of Grad-CAM's evidence on the digit, before and after.",
            [
                "network", "seed", "ablated", Of(own), $"{Of(own)}, ablated", Of(reversed), $"{Of(reversed)}, ablated", "evidence on the digit",
                "evidence on the digit, ablated",
            ],
            cuts.Select(cut =>
                (IReadOnlyList<string>)
                    [
                        cut.Model.Name,
                        $"{cut.Model.Seed}",
                        $"{cut.Model.Shortcuts.Count(one => one.IsShortcut)}",
                        .. Pairs(cut.Before.Own.Accuracy, cut.After.Own.Accuracy),
                        .. Pairs(cut.Before.Reversed.Accuracy, cut.After.Reversed.Accuracy),
                        .. Pairs(cut.Before.Own.Focus?.OnDigit ?? 0, cut.After.Own.Focus?.OnDigit ?? 0),
                    ]));
        var (plain, lazy) = (first["plain"], first["lazy"]);
        var how = new GreedySelection { Images = Math.Min(10_000, context.Learned(context.Recipe.Train).Count) };
        using var target = torch.zeros(plain.Autoencoder.Features);
        var selected = how.Select(plain.Network, plain.Autoencoder, Layer, context.Learned(context.Recipe.Train), target, context.Run.For("select"));
        using (var baselines = Baselines.Of(
            how, plain.Network, plain.Autoencoder, Layer, context.Learned(context.Recipe.Train), context.Run.For("select")))
        {
            var curve = CollateralCurve.Of(
                plain.Network,
                plain.Autoencoder,
                Layer,
                selected,
                baselines,
                (context.Test(context.Recipe.Train), context.Test(context.Recipe.Reversed)),
                target,
                context.Run);
            writer.Draw(
                new CollateralFigure(curve),
                "Ablating features chosen by colour-shuffled training images, without colour labels, in the plain network: what each further feature "
                    + "costs (to the left) and gains (upwards), beside its baselines."
            );
        }

        var healed = plain.Without(selected.Features).Examine(own, reversed, context.Run);
        var untouched = plain.Examine(own, reversed, context.Run);
        var green = lazy.Shortcuts.Where(one => one.IsShortcut).OrderBy(one => one.Color != 1).FirstOrDefault();
        var steering = green is null
            ? null
            : SteeringCurve.Of(
                lazy.Network,
                lazy.Autoencoder,
                Layer,
                own,
                green.Feature,
                lazy.Strongest(green.Feature, context.Test(context.Recipe.Unbiased, context.Recipe.Looked), context.Run),
                context.Run);
        if (steering is not null)
        {
            writer.Draw(new SteeringFigure([steering]), $"Answers of the lazy network as feature {green!.Feature} is added to every image.");
            writer.List(
                "steered",
                $"Feature {green!.Feature} ({ColorName(green.Color)}) of the lazy network added to every image with {Of(own)}, up to twice its "
                    + $"strongest activation.",
                ["added", "answers changed", "most often to"],
                steering.Points.Select(point =>
                    (IReadOnlyList<string>)
                        [
                            Numbers.Decimal(point.Added, 2),
                            Numbers.Percent(point.FlipRate),
                            point.Toward is { } answer ? $"{answer} ({Numbers.Percent(point.Share)})" : "–",
                        ]));
        }

        var ten = InterrogationChapter.Ten(reversed);
        using var operated = plain.Operated(selected.Features);
        var looks = new ExplainedImages(
            ten,
            [InterrogationChapter.Look("before", plain.Network, ten, context.Run), InterrogationChapter.Look("after", operated, ten, context.Run)]);
        writer.Draw(
            InterrogationChapter.Named("surgery-looks", looks),
            $"Grad-CAM of the plain network with {Of(reversed)}, before and after ablating the chosen features; one scale for both.");
        writer.Say(
            $"Ablating {Numbers.Counted(selected.Features.Count, "feature")} of the plain network, chosen without colour labels, "
                + $"takes {reversed.Name} from "
                + $"{Numbers.Percent(untouched.Reversed.Accuracy)} to {Numbers.Percent(healed.Reversed.Accuracy)} and {own.Name} from "
                    + $"{Numbers.Percent(untouched.Own.Accuracy)} to {Numbers.Percent(healed.Own.Accuracy)} (first seed).");
        DecompositionClaims.Write(context, writer, cuts);
    }

    private static string Of(ImageSet set) => DatasetDescription.Title(set.Name);

    internal static IReadOnlyList<Neuron> Informative(IReadOnlyList<Neuron> all) =>
        [.. all.Where(neuron => neuron.Role is "traitor" or "hero" or "both")];

    private static string Part(IReadOnlyList<Neuron> all, string role) => $"{all.Count(neuron => neuron.Role == role)}";

    private static string[] Pairs(double before, double after) => [Numbers.Percent(before), Numbers.Percent(after)];

    private static string ColorName(long color) => color is >= 0 and < 10 ? Palette.Seed[(int)color].Name : $"{color}";
}
