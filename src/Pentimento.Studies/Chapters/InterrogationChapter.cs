using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Look;
using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;
using Pentimento.Studies.Parts;
using TorchSharp;

namespace Pentimento.Studies.Chapters;

/// <summary>Where networks look, and what no heatmap can show: the same digit in every colour.</summary>
internal static class InterrogationChapter
{
    private static readonly string[] Pupils = ["lazy", "plain", "repaired", "rex", "unbiased"];
    private static readonly string[] Mapped = ["lazy", "plain", "repaired", "unbiased"];
    private static readonly string[] Swept = ["lazy", "repaired"];

    public static void Write(StudyContext desk, ChapterWriter pen)
    {
        var reversed = desk.Test(desk.Recipe.Reversed, desk.Recipe.Looked);
        var turned = Pupils.ToDictionary(
            name => name,
            name => desk.Evaluate(name, network => Recoloring.Of(network, reversed.Take(desk.Recipe.Looked / 2), Palette.Seed, desk.Run)));
        pen.Say("First the measure that a heatmap lacks: the same digits painted in every colour. An answer that changes hung on the colour.");
        pen.List(
            "recoloured",
            $"The digits of {reversed.Name} in every colour: mean over seeds (and range).",
            ["network", "another answer", "colour's share of the logits", "shape's share"],
            Pupils.Select(name =>
                (IReadOnlyList<string>)
                    [
                        name,
                        SeedSpread.Of(turned[name].Select(one => one.FlipRate)).Percent,
                        SeedSpread.Of(turned[name].Select(one => one.Shares?.Color.Value ?? 0)).Percent,
                        SeedSpread.Of(turned[name].Select(one => one.Shares?.Shape.Value ?? 0)).Percent,
                    ]));
        foreach (var name in Swept)
            pen.Draw(
                new HueRidges($"hues-{name}", desk.Evaluate(name, 0, network => HueSweep.Of(network, reversed, desk.Run)), Ink.Of(name)),
                $"What the {name} network believes as digits go once around the circle of hues.");

        var own = desk.Test(desk.Recipe.Train, desk.Recipe.Looked);
        var looks = Pupils
            .SelectMany(name =>
                new[] { own, reversed }.Select(set =>
                    (Name: name, Set: set.Name, Focus: desk.Evaluate(name, network => FocusOf(network, set, desk.Run)))))
            .ToList();
        pen.Say(
            "Then the report's heatmaps (Grad-CAM at the last convolution). Evidence spread evenly would put a share on the digit that is the "
                + "digit's own share of the image."
        );
        pen.List(
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
                        CanvasMeaning.Title(look.Set),
                        Over(look.Focus, focus => focus.OnDigit ?? 0).Percent,
                        Numbers.Percent(look.Focus[0].ForegroundShare),
                        Over(look.Focus, focus => focus.Pointing.Value).Percent,
                        Over(look.Focus, focus => focus.WrongReason.Value).Percent,
                    ]));
        pen.Draw(
            Maps(desk, reversed),
            $"Grad-CAM of four networks on the same digits with {CanvasMeaning.Title(reversed.Name)}, one scale for all. × marks a wrong answer. The "
                + "maps say where evidence lies, not whether it is the colour or the shape that counts there.");
        if (Cases(desk, reversed) is { } cases)
            pen.Draw(
                cases,
                "The report's three rows, found in the plainly trained network: looks at the wrong place from the start; looks at the right "
                    + "place and the colour still wins; right answer, wrong place."
            );
        Claims(desk, pen, looks, turned);
    }

    private static void Claims(
        StudyContext desk,
        ChapterWriter pen,
        List<(string Name, string Set, IReadOnlyList<EvidenceLocalization> Focus)> looks,
        Dictionary<string, IReadOnlyList<Recoloring>> turned)
    {
        var (train, reversed) = (desk.Recipe.Train, desk.Recipe.Reversed);
        IReadOnlyList<EvidenceLocalization> On(string name, string set) => looks.First(look => look.Name == name && look.Set == set).Focus;
        var basis = $"{On("lazy", train).Count} seeds, {Numbers.Whole(On("lazy", train)[0].Count)} images";
        var (lazy, clean, even) = (On("lazy", train), On("unbiased", train), On("lazy", train)[0].ForegroundShare);
        var diffused = lazy.Zip(clean).Count(pair => pair.First.OnDigit < pair.Second.OnDigit);
        pen.Claim(
            "Grad-CAM of the lazy network is diffused over the background.",
            $"{Over(lazy, focus => focus.OnDigit ?? 0).Percent} of its evidence lies on the digit; "
                + $"{Over(clean, focus => focus.OnDigit ?? 0).Percent} of that of the network that no shortcut tempted; evenly spread it would "
                    + $"be {Numbers.Percent(even)}. Its colour lies on the digit's own strokes.",
            basis, Rulings.Of(diffused, lazy.Count), "focus");
        var shape = Over(On("rex", reversed), focus => focus.OnDigit ?? 0);
        pen.Claim(
            "For networks forced to learn shape the heatmaps are concentrated precisely on the strokes.",
            $"REx: {shape.Percent} of the evidence on the digit, {Numbers.Percent(even)} if spread evenly. A map of 7x7 places cannot be precise.",
            basis,
            Rulings.Above(shape.Mean, 0.5, inPart: even),
            "focus");
        var (plain, control) = (
            Over(On("plain", reversed), focus => focus.WrongReason.Value),
            Over(On("unbiased", reversed), focus => focus.WrongReason.Value));
        pen.Claim(
            "Right answers in reversed colours often look at the wrong place, so the true accuracy is lower than measured.",
            $"{plain.Percent} of the plain network's right answers look off the digit, but so do {control.Percent} of those of the network that "
                + $"never saw a shortcut: the map accuses the innocent.",
            basis,
            Rulings.Above(plain.Mean, 2 * control.Mean, inPart: control.Mean),
            "focus");
        var (cheat, cured) = (
            SeedSpread.Of(turned["lazy"].Select(one => one.FlipRate)), SeedSpread.Of(turned["repaired"].Select(one => one.FlipRate)));
        pen.Claim(
            "Even a right answer is often right because of the colour.",
            $"ColorReplacement changes {cheat.Percent} of the lazy network's answers, "
                + $"{SeedSpread.Of(turned["plain"].Select(one => one.FlipRate)).Percent} of the plain one's, {cured.Percent} of the repaired one's.",
            basis,
            Rulings.If(cheat.Mean > 0.5, inPart: true),
            "recoloured");
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

    private static PictureTable Maps(StudyContext desk, ImageSet set)
    {
        var ten = Ten(set);
        var explained = new ExplainedImages(ten, [.. Mapped.Select(name => desk.Evaluate(name, 0, network => Look(name, network, ten, desk.Run)))]);
        return Named("looks", explained);
    }

    /// <summary>What networks say of the same images, on one scale.</summary>
    internal static PictureTable Named(string name, ExplainedImages explained)
    {
        var looks = PictureTables.EvidenceMaps(explained, Heat.Over(explained.Networks.SelectMany(network => network.Maps)).Over);
        return new(name, looks.Alt, looks.Rows);
    }

    private static PictureTable? Cases(StudyContext desk, ImageSet set)
    {
        using var scope = torch.NewDisposeScope();
        var look = desk.Evaluate("plain", 0, network => Look("plain", network, set, desk.Run));
        var evidence = torch.tensor(look.Maps.SelectMany(map => map).ToArray()).view(set.Count, set.Shape.Height, set.Shape.Width);
        var off = EvidenceLocalization.OutsideForeground(evidence, EvidenceLocalization.Foreground(set)).data<bool>().ToArray();
        return off.Any(one => one) || look.Predicted.Zip(set.Labels).Any(pair => pair.First != pair.Second)
            ? CaseTable.Of(new(set, [look]), [off], Heat.Over(look.Maps))
            : null;
    }
}
