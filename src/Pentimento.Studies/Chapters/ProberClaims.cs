using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Probing;
using Pentimento.Studies.Parts;
using static TorchSharp.torch;

namespace Pentimento.Studies.Chapters;

/// <summary>What the report says of neurons, each claim over the lazy network's trainings.</summary>
internal static class ProberClaims
{
    private const double Some = 0.05;
    private const double Clearly = 0.1;

    /// <param name="context">The study.</param>
    /// <param name="writer">Where claims are put down.</param>
    /// <param name="probed">For each training its layers, first to last.</param>
    /// <param name="layers">The layers' names.</param>
    public static void Write(StudyContext context, ChapterWriter writer, IReadOnlyList<List<LayerProbe>> probed, IReadOnlyList<string> layers)
    {
        var basis = $"{SeedSpread.Of(probed.Select(_ => 0.0)).Seeds}, "
            + $"{Numbers.Whole(context.Test(context.Recipe.Unbiased, context.Recipe.Looked).Count)} images";
        void Say(string said, Func<SeedSpread, string> measured, IEnumerable<double> values, Bound bound, string figure)
        {
            var spread = SeedSpread.Of(values);
            if (spread.Values.Any(double.IsNaN)) writer.Unmeasured(said, "Some training has no channel of which to measure it.", figure);
            else writer.Claim(said, measured(spread), basis, Estimate.OverSeeds(spread.Values), bound, figure);
        }

        double[] Over(Func<List<LayerProbe>, double> of) => [.. probed.Select(of)];
        Say(
            "Quantile bins rank neurons more consistently than fixed thresholds.",
            spread => $"The rankings by two halves of a sample agree better by {spread.Number(2)} (rank correlation, mean over layers).",
            Over(seed => seed.Average(layer => (layer.Layer.Stability ?? 0) - (layer.Layer.ThresholdStability ?? 0))), Bound.Above(Some), "roles");
        Say(
            "There is a clear separation between neurons that encode colour and those that encode shape.",
            spread => $"Of the channels that tell anything, {spread.Percent} tell one more than twice as well as the other.",
            Over(seed => Part(seed, neuron => neuron.Role is "traitor" or "hero", IsPredictive)), Bound.Above(0.5), $"roles-{layers[^1]}");
        Say(
            "Some neurons tell the colour and collapse on grey images: traitors.",
            spread => $"{spread.Percent} of the channels.", Over(seed => Part(seed, neuron => neuron.Role == "traitor")), Bound.Above(Some), "roles");
        Say(
            "Others keep telling the digit when colour is gone: heroes.",
            spread => $"{spread.Percent} of the channels.", Over(seed => Part(seed, neuron => neuron.Role == "hero")), Bound.Above(Some), "roles");
        Say(
            "The first filters latch onto colour.",
            spread => $"Of the channels of {layers[0]} that tell anything, {spread.Percent} are traitors.",
            Over(seed => Part(seed[..1], neuron => neuron.Role == "traitor", IsPredictive)), Bound.Above(0.5), "roles");
        Say(
            "Neurons that hardly answer show many labels among their strongest images: the inactive neuron illusion.",
            spread => $"Their 20 strongest images show {spread.Number(1)} digits more than those of active channels.",
            Over(seed => Labels(seed, isActive: false) - Labels(seed, isActive: true)), Bound.Above(1), $"illusion-{layers[^1]}");
        var mixed = SeedSpread.Of(Over(seed => seed.Sum(layer => layer.Neurons.Count(neuron => neuron.Active && Math.Exp(neuron.Entropy) >= 2))));
        writer.Unmeasured(
            "92 neurons are polysemantic.",
            $"The report does not say from which score on it counts. {mixed.Number(0)} of {probed[0].Sum(layer => layer.Neurons.Count)} channels "
                + $"answer at "
                + $"least two digits' worth strongly.",
            "polysemantic");
        Pictures(context, writer, layers[^1]);
        Say(
            "Traitors are what the network's apparent performance rests on.",
            spread => $"Without the traitors of {layers[^1]} it loses {spread.Percent} of accuracy in its own colours.",
            Over(seed => Lost(seed[^1], context.Recipe.Train)), Bound.Above(Clearly), "silenced");
    }

    /// <summary>Of how optimization draws: with and without jitter and total variation, with and without dropout.</summary>
    private static void Pictures(StudyContext context, ChapterWriter writer, string layer)
    {
        var drawn = context.Evaluate("lazy", network =>
        {
            using var scope = NewDisposeScope();
            var smooth = Draw(context, network, layer, new JitteredAscent());
            return (
                Plain: Roughness(Draw(context, network, layer, new ActivationAscent())), Smooth: Roughness(smooth),
                Dropout: DropoutGain(context, network, layer, smooth));
        });
        double[] calmer = [.. drawn.Select(one => (one.Plain - one.Smooth) / one.Plain)];
        var basis = $"{SeedSpread.Of(calmer).Seeds}, all channels of {layer}";
        writer.Claim(
            "Jitter and total variation rid visualisations of high-frequency noise.",
            $"Neighbouring pixels differ by {SeedSpread.Of(drawn.Select(one => one.Plain)).Number(3)} on average without them and by "
                + $"{SeedSpread.Of(drawn.Select(one => one.Smooth)).Number(3)} with them; the effect is the share that goes.",
            basis, Estimate.OverSeeds(calmer), Bound.Above(Clearly), "traitors");
        double[] gains = [.. drawn.Select(one => one.Dropout)];
        writer.Claim(
            "Disabling dropout helps the ascent.",
            $"With dropout off the pictures reach {SeedSpread.Of(gains).Percent} more activation. Dropout stands behind the convolutions that are "
                + $"drawn.",
            basis, Estimate.OverSeeds(gains), Bound.Above(0.01), "traitors");
    }

    /// <summary>The share of channels that are so, of those that are asked of.</summary>
    private static double Part(IEnumerable<LayerProbe> layers, Func<Neuron, bool> isSo, Func<Neuron, bool>? among = null)
    {
        var asked = layers.SelectMany(layer => layer.Neurons).Where(among ?? (_ => true)).ToList();
        return asked.Count == 0 ? double.NaN : asked.Count(isSo) / (double)asked.Count;
    }

    private static bool IsPredictive(Neuron neuron) => neuron.Role is "traitor" or "hero" or "both";

    private static double Labels(IEnumerable<LayerProbe> layers, bool isActive)
    {
        var chosen = layers.SelectMany(layer => layer.Neurons).Where(neuron => neuron.Active == isActive).ToList();
        return chosen.Count == 0 ? double.NaN : chosen.Average(neuron => neuron.NaiveLabels);
    }

    private static double Lost(LayerProbe layer, string set)
    {
        var groups = layer.Layer.Groups;
        return groups.FirstOrDefault(group => group.Name == "all traitors") is { } traitors
            ? groups[0].Accuracy[set].Value - traitors.Accuracy[set].Value
            : double.NaN;
    }

    /// <summary>The mean difference of neighbouring pixels of pictures, float32 (N, C, H, W).</summary>
    private static double Roughness(Tensor pictures) =>
        (pictures.diff(1, 2).abs().mean() + pictures.diff(1, 3).abs().mean()).item<float>() / 2;

    /// <summary>How much more activation pictures that were drawn with dropout off reach.</summary>
    private static double DropoutGain(StudyContext context, Classifier network, string layer, Tensor drawn)
    {
        var goal = Target(network, layer);
        var without = goal.Of(network, drawn).mean().item<float>();
        using var generator = context.Run.Seed.For("dropout").On(CPU);
        network.train();
        network.DropoutGenerator = generator;
        var pictures = Draw(context, network, layer, new JitteredAscent());
        network.DropoutGenerator = null;
        network.eval();
        return (without / goal.Of(network, pictures).mean().item<float>()) - 1;
    }

    private static Tensor Draw(StudyContext context, Classifier network, string layer, Visualization how) =>
        how.Draw(network, Target(network, layer), context.Test(context.Recipe.Unbiased, context.Recipe.Looked), context.Run.For("roughness"));

    private static VisualizationTarget Target(Classifier network, string layer) =>
        new(layer, [.. Enumerable.Range(0, VisualizationTarget.ChannelsOf(network, layer))]);
}
