using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Style;
using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;
using Pentimento.Studies.Parts;
using TorchSharp;

namespace Pentimento.Studies.Chapters;

/// <summary>Attribution maps of the networks, and what no map can show: the same digit in every colour.</summary>
internal static class InterrogationChapter
{
    // How much further off the digit counts.
    private const double Shifted = 0.05;

    private static readonly string[] Trained = ["lazy", "cheater", "plain", "repaired", "irm", "unbiased"];
    private static readonly string[] Mapped = ["lazy", "plain", "repaired", "unbiased"];
    private static readonly string[] Swept = ["lazy", "repaired"];

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var reversed = context.Test(context.Recipe.Reversed, context.Recipe.Looked);
        var turned = Trained.ToDictionary(
            name => name,
            name => context.Evaluate(name, network => Recoloring.Of(network, reversed.Take(context.Recipe.Looked / 2), Palette.Seed, context.Run)));
        writer.Say("First the measure that a heatmap lacks: the same digits painted in every colour. An answer that changes hung on the colour.");
        writer.List(
            "recoloured",
            $"The digits of {reversed.Name} in every colour: mean over seeds (and range).",
            ["network", "another answer", "colour's share of the logits", "shape's share"],
            Trained.Select(name =>
                (IReadOnlyList<string>)
                    [
                        name,
                        SeedSpread.Of(turned[name].Select(one => one.FlipRate)).Percent,
                        SeedSpread.Of(turned[name].Select(one => one.Shares?.Color.Value ?? 0)).Percent,
                        SeedSpread.Of(turned[name].Select(one => one.Shares?.Shape.Value ?? 0)).Percent,
                    ]));
        foreach (var name in Swept)
            writer.Draw(
                new HueRidges($"hues-{name}", context.Evaluate(name, 0, network => HueSweep.Of(network, reversed, context.Run)), PlotColors.Of(name)),
                $"What the {name} network believes as digits go once around the circle of hues.");

        var own = context.Test(context.Recipe.Train, context.Recipe.Looked);
        var looks = Trained
            .SelectMany(name =>
                new[] { own, reversed }.Select(set =>
                    (Name: name, Set: set.Name, Focus: context.Evaluate(name, network => FocusOf(network, set, context.Run)))))
            .ToList();
        writer.Say(
            "Then the report's heatmaps (Grad-CAM at the last convolution). Evidence spread evenly would put a share on the digit that is the "
                + "digit's own share of the image."
        );
        writer.List(
            "focus",
            "Where Grad-CAM finds evidence: mean over seeds (and range).",
            [
                "network",
                "set",
                "on the digit",
                "the digit's share of the image",
                "strongest place on the digit",
                "right answers that look off the digit",
            ],
            looks.Select(look =>
                (IReadOnlyList<string>)
                    [
                        look.Name,
                        DatasetDescription.Title(look.Set),
                        Over(look.Focus, focus => focus.OnDigit ?? 0).Percent,
                        Numbers.Percent(look.Focus[0].ForegroundShare),
                        Over(look.Focus, focus => focus.Pointing.Value).Percent,
                        Over(look.Focus, focus => focus.WrongReason.Value).Percent,
                    ]));
        writer.Draw(
            Maps(context, reversed),
            $"Grad-CAM of four networks on the same digits with {DatasetDescription.Title(reversed.Name)}, one scale for all. "
                + "× marks a wrong answer. The maps say where evidence lies, not whether it is the colour or the shape that counts there.");
        if (Cases(context, reversed) is { } cases)
            writer.Draw(
                cases,
                "The report's three rows, found in the plainly trained network: looks at the wrong place from the start; looks at the right "
                    + "place and the colour still wins; right answer, wrong place."
            );
        Claims(context, writer, looks, turned);
    }

    private static void Claims(
        StudyContext context,
        ChapterWriter writer,
        List<(string Name, string Set, IReadOnlyList<EvidenceLocalization> Focus)> looks,
        Dictionary<string, IReadOnlyList<Recoloring>> turned)
    {
        var (train, reversed) = (context.Recipe.Train, context.Recipe.Reversed);
        IReadOnlyList<EvidenceLocalization> On(string name, string set) => looks.First(look => look.Name == name && look.Set == set).Focus;
        SeedSpread OnDigit(string name, string set) => Over(On(name, set), focus => focus.OnDigit ?? 0);
        var basis = $"{OnDigit("lazy", train).Seeds}, {Numbers.Whole(On("lazy", train)[0].Count)} images";
        var even = On("lazy", train)[0].ForegroundShare;
        writer.Claim(
            "Grad-CAM of the biased network is focused almost entirely on the background.",
            $"{OnDigit("lazy", train).Percent} of the lazy network's evidence lies on the digit, {Numbers.Percent(even)} if spread evenly; the "
                + $"effect is "
                + $"what lies elsewhere. Its colour lies on the digit's own strokes.",
            basis, Estimate.OverSeeds([.. OnDigit("lazy", train).Values.Select(share => 1 - share)]), Bound.Above(0.9), "focus");
        writer.Claim(
            "Its maps are more diffused over the background than those of a network that reads shape.",
            $"{OnDigit("lazy", train).Percent} of its evidence lies on the digit, {OnDigit("unbiased", train).Percent} of that of the network that "
                + $"no "
                + $"shortcut tempted; the effect is the difference.",
            basis, Estimate.Difference(OnDigit("unbiased", train).Values, OnDigit("lazy", train).Values), Bound.Above(Shifted), "focus");
        writer.Claim(
            "For networks forced to learn shape the heatmaps are concentrated precisely on the strokes.",
            $"IRM: {OnDigit("irm", reversed).Percent} of the evidence on the digit, {Numbers.Percent(even)} if spread evenly. A map of 7x7 places "
                + $"cannot "
                + $"be precise.",
            basis, Estimate.OverSeeds(OnDigit("irm", reversed).Values), Bound.Above(0.5), "focus");
        var (plain, control) = (
            Over(On("plain", reversed), focus => focus.WrongReason.Value), Over(On("unbiased", reversed), focus => focus.WrongReason.Value));
        writer.Claim(
            "Right answers in reversed colours look at the wrong place, so the true accuracy is lower than measured.",
            $"{plain.Percent} of the plain network's right answers look off the digit, and {control.Percent} of those of the network that "
                + $"never saw a shortcut; the effect is the difference.",
            basis, Estimate.Difference(plain.Values, control.Values, On("plain", reversed)[0].Count), Bound.Above(Shifted), "focus");
        SeedSpread Flips(string name) => SeedSpread.Of(turned[name].Select(one => one.FlipRate));
        writer.Claim(
            "Even when the answer is right it is right for the wrong reason: the colour.",
            $"Another colour changes {Flips("lazy").Percent} of the lazy network's answers, {Flips("plain").Percent} of the plain one's, "
                + $"{Flips("repaired").Percent} of the repaired one's.",
            basis, Estimate.OverSeeds(Flips("lazy").Values, context.Recipe.Looked / 2), Bound.Above(0.5), "recoloured");
        writer.Claim(
            "The early models were almost entirely dependent on colour.",
            $"Another colour changes {Flips("cheater").Percent} of the answers of the report's own cheater.",
            basis, Estimate.OverSeeds(Flips("cheater").Values, context.Recipe.Looked / 2), Bound.Above(0.8), "recoloured");
    }

    private static SeedSpread Over(IReadOnlyList<EvidenceLocalization> seeds, Func<EvidenceLocalization, double> of) =>
        SeedSpread.Of(seeds.Select(of));

    private static EvidenceLocalization FocusOf(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        var answers = Predictor.Classes(network, set, run);
        return EvidenceLocalization.Of(
            AttributionMethod.Evidence(new GradCam().ExplainSet(network, set, answers, network.LastRelu, run), set.Shape),
            set,
            answers);
    }

    /// <summary>A network's answers and evidence on chosen images.</summary>
    internal static Explanations Look(string name, Classifier network, ImageSet set, RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        var answers = Predictor.Classes(network, set, run);
        var evidence = AttributionMethod.Evidence(new GradCam().ExplainSet(network, set, answers, network.LastRelu, run), set.Shape);
        return new(name, answers, [.. evidence.contiguous().data<float>().ToArray().Chunk(set.Shape.Height * set.Shape.Width)]);
    }

    /// <summary>The first image of each digit.</summary>
    internal static ImageSet Ten(ImageSet set) => set.Pick(set.FirstOfEachClass());

    private static PictureTable Maps(StudyContext context, ImageSet set)
    {
        var ten = Ten(set);
        var explained = new ExplainedImages(ten,
            [.. Mapped.Select(name => context.Evaluate(name, 0, network => Look(name, network, ten, context.Run)))]);
        return Named("looks", explained);
    }

    /// <summary>What networks say of the same images, on one scale.</summary>
    internal static PictureTable Named(string name, ExplainedImages explained)
    {
        var looks = PictureTables.EvidenceMaps(explained, EvidenceColors.Over(explained.Networks.SelectMany(network => network.Maps)).Over);
        return new(name, looks.Alt, looks.Rows);
    }

    private static PictureTable? Cases(StudyContext context, ImageSet set)
    {
        using var scope = torch.NewDisposeScope();
        var look = context.Evaluate("plain", 0, network => Look("plain", network, set, context.Run));
        var evidence = torch.tensor(look.Maps.SelectMany(map => map).ToArray()).view(set.Count, set.Shape.Height, set.Shape.Width);
        var off = EvidenceLocalization.OutsideForeground(evidence, EvidenceLocalization.Foreground(set)).data<bool>().ToArray();
        return off.Any(one => one) || look.Predicted.Zip(set.Labels).Any(pair => pair.First != pair.Second)
            ? CaseTable.Of(new(set, [look]), [off], EvidenceColors.Over(look.Maps))
            : null;
    }
}
