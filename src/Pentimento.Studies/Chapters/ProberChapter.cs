using Pentimento.Evaluation;
using Pentimento.Operations;
using Pentimento.Probing;
using Pentimento.Reports.Atlases;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pictures;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>The mutual information of the lazy network's neurons with colour and digit, which are traitors and which heroes, and whether the
/// report's measures can be trusted.</summary>
internal static class ProberChapter
{
    private const int Permutations = 200;
    private const int Resamples = 100;
    private const int Shown = 5;
    private const int Tops = 8;
    private static readonly string[] Layers = ["relu1", "relu2", "relu3"];

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var probed = context.Evaluate(
            "lazy", network => Layers.Select(layer => LayerProbe.Of(network, Task(context, layer), layer, context.Run)).ToList());
        var (first, deep) = (probed[0], probed[0][^1]);
        writer.Say(
            $"Every channel is asked what it tells of colour and digit, on {context.Recipe.Unbiased}, where colour says nothing of the digit. A "
                + $"traitor tells the colour and loses the digit without it; a hero tells the digit, in colour or without."
        );
        writer.List(
            "roles",
            $"Roles in the lazy network, by layer (mean over {Numbers.Counted(probed.Count, "seed")}), "
                + $"and how alike two halves of a sample rank its neurons by "
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
        writer.Draw(
            new RoleMap(Layers[^1], deep.Neurons),
            "Each channel of the last convolution: to the right what it tells of the colour, upwards what is left of the digit without colour "
                + "(first seed)."
        );
        writer.Draw(
            Cards("traitors", "traitor", AtlasCards.Of(deep).OrderByDescending(card => card.Neuron.ColorGivenDigit), context),
            "Top traitors: what each answers most strongly, drawn (first), and the images that it answers most strongly.");
        writer.Draw(
            Cards("heroes", "hero", AtlasCards.Of(deep).OrderByDescending(card => card.Neuron.Survives), context),
            "Top heroes, in the same way.");
        writer.Draw(
            Cards("polysemantic", null, AtlasCards.Of(deep).OrderByDescending(card => card.Neuron.Polysemantic), context),
            "Top polysemantic channels, by entropy times strength.");
        writer.Draw(
            new InactiveIllusion(Layers[^1], deep.Neurons),
            "The inactive neuron illusion: channels that hardly answer show many digits among their strongest images.");
        Ablation(writer, deep);
        ProberClaims.Write(context, writer, probed, Layers);

        string Mean(int at, params string[] roles) =>
            Numbers.Decimal(probed.Average(seed => seed[at].Neurons.Count(neuron => roles.Contains(neuron.Role))), 1);
    }

    /// <summary>How a layer is probed; only the channels of the deepest are drawn, since no others are shown.</summary>
    private static ProbeTask Task(StudyContext context, string layer)
    {
        var (recipe, most) = (context.Recipe, context.Recipe.Looked);
        return new(
            context.Test(recipe.Unbiased, most),
            context.Test(recipe.Grey, most),
            [context.Test(recipe.Train, most / 2), context.Test(recipe.Reversed, most / 2)],
            MapPooling.Mean,
            Probing.AblationValue.Mean,
            new(new QuantileBins(), Permutations, Resamples, new(), new(), 0),
            new JitteredAscent())
        {
            Visualized = layer == Layers[^1] ? null : 0,
        };
    }

    private static void Ablation(ChapterWriter writer, LayerProbe deep)
    {
        if (deep.Layer.Groups.Count == 0)
            return;
        writer.List(
            "silenced",
            $"Accuracy of the lazy network with channels of {deep.Layer.Name} silenced together (to their mean).",
            ["without", "channels", .. deep.Layer.Groups[0].Accuracy.Keys],
            deep.Layer.Groups.Select(group =>
                (IReadOnlyList<string>)[group.Name, $"{group.Channels.Count}", .. group.Accuracy.Values.Select(share => Numbers.Percent(share.Value))]
            ));
    }

    private static PictureTable Cards(string name, string? role, IEnumerable<AtlasCard> cards, StudyContext context)
    {
        var set = context.Test(context.Recipe.Unbiased, context.Recipe.Looked);
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
