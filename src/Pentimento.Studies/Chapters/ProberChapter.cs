using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Probing;
using Pentimento.Reports.Atlases;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pictures;
using Pentimento.Studies.Parts;
using TorchSharp;

namespace Pentimento.Studies.Chapters;

/// <summary>What the neurons of the lazy network know, which are traitors and which heroes, and whether the report's measures can be
/// trusted.</summary>
internal static class ProberChapter
{
    private const int Permutations = 200;
    private const int Resamples = 100;
    private const int Shown = 5;
    private const int Tops = 8;
    private static readonly string[] Layers = ["relu1", "relu2", "relu3"];

    public static void Write(StudyContext desk, ChapterWriter pen)
    {
        var probed = desk.Evaluate("lazy", network => Layers.Select(layer => LayerProbe.Of(network, Task(desk), layer, desk.Run)).ToList());
        var (first, deep) = (probed[0], probed[0][^1]);
        pen.Say(
            $"Every channel is asked what it tells of colour and digit, on {desk.Recipe.Unbiased}, where colour says nothing of the digit. A "
                + $"traitor tells the colour and loses the digit without it; a hero tells the digit, in colour or without."
        );
        pen.List(
            "roles",
            $"Roles in the lazy network, by layer (mean over {probed.Count} seeds), and how alike two halves of a sample rank its neurons by "
                + $"what they tell of the digit.",
            ["layer", "channels", "traitors", "heroes", "both", "none or dead", "quantile bins", "fixed threshold"],
            Layers.Select(
                (layer, at) =>
                    (IReadOnlyList<string>)
                        [
                            layer,
                            $"{first[at].Neurons.Count}",
                            Mean(at, "traitor"),
                            Mean(at, "hero"),
                            Mean(at, "both"),
                            Mean(at, "none", "dead"),
                            SeedSpread.Of(probed.Select(seed => seed[at].Layer.Stability ?? 0)).Number(2),
                            SeedSpread.Of(probed.Select(seed => seed[at].Layer.ThresholdStability ?? 0)).Number(2),
                        ]));
        pen.Draw(
            new RoleMap(Layers[^1], deep.Neurons),
            "Each channel of the last convolution: to the right what it tells of the colour, upwards what is left of the digit without colour "
                + "(first seed)."
        );
        pen.Draw(
            Cards("traitors", "traitor", AtlasCards.Of(deep).OrderByDescending(card => card.Neuron.ColorGivenDigit), desk),
            "Top traitors: what each answers most strongly, drawn (first), and the images that it answers most strongly.");
        pen.Draw(Cards("heroes", "hero", AtlasCards.Of(deep).OrderByDescending(card => card.Neuron.Survives), desk), "Top heroes, in the same way.");
        pen.Draw(
            Cards("polysemantic", null, AtlasCards.Of(deep).OrderByDescending(card => card.Neuron.Polysemantic), desk),
            "Top polysemantic channels, by entropy times strength.");
        pen.Draw(
            new InactiveIllusion(Layers[^1], deep.Neurons),
            "The inactive neuron illusion: channels that hardly answer show many digits among their strongest images.");
        Ablation(pen, deep);
        Claims(desk, pen, probed);

        string Mean(int at, params string[] roles) =>
            Numbers.Decimal(probed.Average(seed => seed[at].Neurons.Count(neuron => roles.Contains(neuron.Role))), 1);
    }

    private static ProbeTask Task(StudyContext desk)
    {
        var (recipe, most) = (desk.Recipe, desk.Recipe.Looked);
        return new(
            desk.Test(recipe.Unbiased, most),
            desk.Test(recipe.Grey, most),
            [desk.Test(recipe.Train, most / 2), desk.Test(recipe.Reversed, most / 2)],
            MapPooling.Mean,
            Probing.AblationValue.Mean,
            new(new QuantileBins(), Permutations, Resamples, new(), new(), 0),
            new JitteredAscent());
    }

    private static void Ablation(ChapterWriter pen, LayerProbe deep)
    {
        if (deep.Layer.Groups.Count == 0)
            return;
        pen.List(
            "silenced",
            $"Accuracy of the lazy network with channels of {deep.Layer.Name} silenced together (to their mean).",
            ["without", "channels", .. deep.Layer.Groups[0].Accuracy.Keys],
            deep.Layer.Groups.Select(group =>
                (IReadOnlyList<string>)[group.Name, $"{group.Channels.Count}", .. group.Accuracy.Values.Select(share => Numbers.Percent(share.Value))]
            ));
    }

    private static void Claims(StudyContext desk, ChapterWriter pen, IReadOnlyList<List<LayerProbe>> probed)
    {
        var basis =
            $"{(probed.Count == 1 ? "1 seed" : $"{probed.Count} seeds")}, "
                + $"{Numbers.Whole(desk.Test(desk.Recipe.Unbiased, desk.Recipe.Looked).Count)} images";
        var layers = probed.SelectMany(seed => seed).ToList();
        var steadier = layers.Count(layer => layer.Layer.Stability > layer.Layer.ThresholdStability);
        pen.Claim(
            "Quantile bins rank neurons more stably than fixed thresholds.",
            $"In {steadier} of {layers.Count} layers and seeds: see the last two columns.",
            basis,
            Rulings.Of(steadier, layers.Count),
            "roles");
        var neurons = layers.SelectMany(layer => layer.Neurons).ToList();
        var (traitors, heroes) = (neurons.Count(neuron => neuron.Role == "traitor"), neurons.Count(neuron => neuron.Role == "hero"));
        pen.Claim(
            "Neurons fall into two camps: those that encode colour and those that encode shape.",
            $"Of {neurons.Count} channels {traitors} are traitors, {heroes} heroes, {neurons.Count(neuron => neuron.Role == "both")} tell both.",
            basis,
            traitors > 0 && heroes > 0
                ? traitors + heroes > neurons.Count / 2
                    ? Ruling.Holds
                    : Ruling.HoldsInPart
                : Ruling.DoesNotHold,
            $"roles-{Layers[^1]}");
        var (idle, busy) = (neurons.Where(neuron => !neuron.Active).ToList(), neurons.Where(neuron => neuron.Active).ToList());
        if (idle.Count == 0)
            pen.Claim(
                "Neurons that hardly answer look polysemantic: the inactive neuron illusion.",
                "No channel was inactive.",
                basis,
                Ruling.CannotBeTested);
        else
        {
            var (idleLabels, busyLabels) = (idle.Average(neuron => neuron.NaiveLabels), busy.Average(neuron => neuron.NaiveLabels));
            pen.Claim(
                "Neurons that hardly answer look polysemantic: the inactive neuron illusion.",
                $"The 20 strongest images of {idle.Count} inactive channels show {Numbers.Decimal(idleLabels, 1)} digits on average, those of "
                    + $"{busy.Count} active ones {Numbers.Decimal(busyLabels, 1)}.",
                basis,
                Rulings.If(idleLabels > busyLabels),
                $"illusion-{Layers[^1]}");
        }

        var mixed = probed
            .Select(seed => (double)seed.SelectMany(layer => layer.Neurons).Count(neuron => neuron.Active && Math.Exp(neuron.Entropy) >= 2))
            .ToList();
        pen.Claim(
            "Many neurons are polysemantic: 92 of them.",
            $"{SeedSpread.Of(mixed).Number(0)} of {neurons.Count / probed.Count} channels answer at least two digits' worth strongly; the report "
                + $"does not say from which score on it counts.",
            basis,
            Ruling.HoldsInPart,
            "polysemantic");
        var (plain, smooth) = desk.Evaluate("lazy", 0, network =>
            (Roughness(desk, network, new ActivationAscent()), Roughness(desk, network, new JitteredAscent())));
        pen.Claim(
            "Jitter and total variation rid visualisations of high-frequency noise.",
            $"Neighbouring pixels differ by {Numbers.Decimal(plain, 3)} on average without them and by {Numbers.Decimal(smooth, 3)} with them.",
            $"1 seed, all channels of {Layers[^1]}",
            Rulings.If(smooth < plain),
            "traitors");
        var silent = probed.Select(seed => seed[^1].Layer.Groups).ToList();
        var fall = silent
            .Where(groups => groups.Any(group => group.Name == "all traitors"))
            .Select(groups =>
                groups[0].Accuracy[desk.Recipe.Train].Value - groups.First(group => group.Name == "all traitors").Accuracy[desk.Recipe.Train].Value)
            .ToList();
        if (fall.Count == 0)
            pen.Claim("Traitors are what the network's apparent accuracy rests on.", "No channel is a traitor.", basis, Ruling.CannotBeTested);
        else
        {
            pen.Claim(
                "Traitors are what the network's apparent accuracy rests on.",
                $"Without the traitors of {Layers[^1]} it loses {SeedSpread.Of(fall).Percent} of accuracy in its own colours.",
                basis,
                Rulings.Of(fall.Count(lost => lost > 0.1), fall.Count),
                "silenced");
        }
    }

    /// <summary>The mean difference of neighbouring pixels of a layer's pictures.</summary>
    private static double Roughness(StudyContext desk, Classifier network, Visualization how)
    {
        using var scope = torch.NewDisposeScope();
        var goal = new VisualizationTarget(Layers[^1], [.. Enumerable.Range(0, VisualizationTarget.ChannelsOf(network, Layers[^1]))]);
        var pictures = how.Draw(network, goal, desk.Test(desk.Recipe.Unbiased, desk.Recipe.Looked), desk.Run.For("roughness"));
        return (pictures.diff(1, 2).abs().mean() + pictures.diff(1, 3).abs().mean()).item<float>() / 2;
    }

    private static PictureTable Cards(string name, string? role, IEnumerable<AtlasCard> cards, StudyContext desk)
    {
        var set = desk.Test(desk.Recipe.Unbiased, desk.Recipe.Looked);
        return new(
            name,
            $"The first {Shown} {name} and the images that they answer most strongly.",
            [
                .. cards
                    .Where(card => role is null || card.Neuron.Role == role)
                    .Take(Shown)
                    .Select(card => new PictureRow(
                        $"channel {card.Neuron.Index}",
                        [
                            new(card.Drawing!, $"what channel {card.Neuron.Index} answers most strongly", "drawn"),
                            .. card
                                .Neuron.Top.Take(Tops)
                                .Select(place => new Tile(Picture.Of(set, place), $"a {set.Labels[place]}", $"{set.Labels[place]}")),
                        ])),
            ]);
    }
}
