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
    private static readonly string[] Pupils = ["lazy", "plain"];

    public static void Write(StudyContext desk, ChapterWriter pen)
    {
        var patients = Pupils
            .SelectMany(name => Enumerable.Range(0, desk.Trainings(name).Count).Select(seed => DecomposedModel.Of(desk, name, seed)))
            .ToList();
        try
        {
            var first = Pupils.ToDictionary(name => name, name => patients.First(patient => patient.Name == name));
            pen.Say(
                $"The report's autoencoder, ReLU with an L1 penalty, takes the layer {Layer} apart into four features an input. Every figure is "
                    + $"measured on training images that it did not see."
            );
            pen.List(
                "autoencoders",
                "How well features rebuild the layer.",
                ["network", "seed", "unexplained", "active features", "dead", "loss recovered"],
                patients.Select(patient =>
                    (IReadOnlyList<string>)
                        [
                            patient.Name,
                            $"{patient.Seed}",
                            Numbers.Percent(patient.Quality.Fvu),
                            $"{Numbers.Decimal(patient.Quality.L0, 1)} of {patient.Autoencoder.Features}",
                            Numbers.Percent(patient.Quality.Dead),
                            Numbers.Percent(patient.Inserted.RecoveredFromZero),
                        ]));
            pen.List(
                "purity",
                $"Features and neurons side by side, probed on {desk.Recipe.Unbiased}: who tells more than twice as much of one as of the other.",
                ["network", "seed", "of", "channels that tell anything", "traitors", "heroes", "both"],
                patients.SelectMany(patient =>
                    new[] { ("neurons", patient.Neurons), ("features", patient.Features) }.Select(kind =>
                        (IReadOnlyList<string>)
                            [
                                patient.Name,
                                $"{patient.Seed}",
                                kind.Item1,
                                $"{Informative(kind.Item2).Count}",
                                Part(kind.Item2, "traitor"),
                                Part(kind.Item2, "hero"),
                                Part(kind.Item2, "both"),
                            ])));
            var lazy = first["lazy"];
            pen.Draw(
                new LogitMatrix(lazy.Attribution),
                "The lazy network's features and the logits: what goes together (left), the direct effect of a unit (middle), what is lost "
                    + "without the feature (right)."
            );
            var caught = lazy.Shortcuts.Where(one => one.IsShortcut).Take(Named).ToList();
            pen.List(
                "shortcuts",
                $"Shortcuts in the lazy network: features that answer to one colour and hold up the logit of the digit which wears it in "
                    + $"{desk.Recipe.Train}; their mean activation on three sets is the report's test.",
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
            Operate(desk, pen, patients, first);
        }
        finally
        {
            foreach (var patient in patients) patient.Dispose();
        }
    }

    private static void Operate(StudyContext desk, ChapterWriter pen, List<DecomposedModel> patients, Dictionary<string, DecomposedModel> first)
    {
        var (own, reversed) = (desk.Test(desk.Recipe.Train, desk.Recipe.Looked), desk.Test(desk.Recipe.Reversed, desk.Recipe.Looked));
        var cuts = patients
            .Select(patient =>
                (
                    Model: patient,
                    Before: patient.Examine(own, reversed, desk.Run),
                    After: patient.Without(patient.Shortcuts.Where(one => one.IsShortcut).Select(one => one.Feature)).Examine(own, reversed, desk.Run)
                ))
            .ToList();
        pen.Head("Surgery");
        pen.List(
            "ablated",
            "All shortcuts muted: accuracy, and the share of Grad-CAM's evidence on the digit, before and after.",
            [
                "network", "seed", "muted", Of(own), $"{Of(own)}, muted", Of(reversed), $"{Of(reversed)}, muted", "evidence on the digit",
                "evidence on the digit, muted",
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
        var how = new GreedySelection { Images = Math.Min(10_000, desk.Learned(desk.Recipe.Train).Count) };
        using var target = torch.zeros(plain.Autoencoder.Features);
        var selected = how.Select(plain.Network, plain.Autoencoder, Layer, desk.Learned(desk.Recipe.Train), target, desk.Run.For("select"));
        using (var rivals = Baselines.Of(how, plain.Network, plain.Autoencoder, Layer, desk.Learned(desk.Recipe.Train), desk.Run.For("select")))
        {
            var curve = CollateralCurve.Of(
                plain.Network,
                plain.Autoencoder,
                Layer,
                selected,
                rivals,
                (desk.Test(desk.Recipe.Train), desk.Test(desk.Recipe.Reversed)),
                target,
                desk.Run);
            pen.Draw(
                new CollateralFigure(curve),
                "Muting chosen by colour-shuffled training images, without colour labels, in the plain network: what each further feature costs "
                    + "(to the left) and gains (upwards), beside its rivals."
            );
        }

        var healed = plain.Without(selected.Features).Examine(own, reversed, desk.Run);
        var untouched = plain.Examine(own, reversed, desk.Run);
        var green = lazy.Shortcuts.Where(one => one.IsShortcut).OrderBy(one => one.Color != 1).FirstOrDefault();
        var steering = green is null
            ? null
            : SteeringCurve.Of(
                lazy.Network,
                lazy.Autoencoder,
                Layer,
                own,
                green.Feature,
                lazy.Strongest(green.Feature, desk.Test(desk.Recipe.Unbiased, desk.Recipe.Looked), desk.Run),
                desk.Run);
        if (steering is not null)
        {
            pen.Draw(new SteeringFigure([steering]), $"Answers of the lazy network as feature {green!.Feature} is added to every image.");
            pen.List(
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
            [InterrogationChapter.Look("before", plain.Network, ten, desk.Run), InterrogationChapter.Look("after", operated, ten, desk.Run)]);
        pen.Draw(
            InterrogationChapter.Named("surgery-looks", looks),
            $"Grad-CAM of the plain network with {Of(reversed)}, before and after muting the chosen features; one scale for both.");
        pen.Say(
            $"Muting {selected.Features.Count} features of the plain network, chosen without colour labels, takes {reversed.Name} from "
                + $"{Numbers.Percent(untouched.Reversed.Accuracy)} to {Numbers.Percent(healed.Reversed.Accuracy)} and {own.Name} from "
                    + $"{Numbers.Percent(untouched.Own.Accuracy)} to {Numbers.Percent(healed.Own.Accuracy)} (first seed).");
        DecompositionClaims.Write(desk, pen, cuts);
    }

    private static string Of(ImageSet set) => CanvasMeaning.Title(set.Name);

    internal static IReadOnlyList<Neuron> Informative(IReadOnlyList<Neuron> all) =>
        [.. all.Where(neuron => neuron.Role is "traitor" or "hero" or "both")];

    private static string Part(IReadOnlyList<Neuron> all, string role) => $"{all.Count(neuron => neuron.Role == role)}";

    private static string[] Pairs(double before, double after) => [Numbers.Percent(before), Numbers.Percent(after)];

    private static string ColorName(long color) => color is >= 0 and < 10 ? Palette.Seed[(int)color].Name : $"{color}";
}
