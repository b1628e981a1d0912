using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Evaluation;
using Pentimento.Probing;
using Pentimento.Studies.Parts;
using static TorchSharp.torch;

namespace Pentimento.Studies.Chapters;

/// <summary>What the report says of features, each claim over the lazy network's trainings.</summary>
internal static class DecompositionClaims
{
    private const double Clearly = 0.1;
    private const double Somewhat = 0.05;
    private const int Drawn = 8;

    public static void Write(StudyContext context, ChapterWriter writer, List<(DecomposedModel Model, Examinations Before, Examinations After)> cuts)
    {
        var lazy = cuts.Where(cut => cut.Model.Name == "lazy").ToList();
        var own = context.Test(context.Recipe.Train, context.Recipe.Looked);
        var basis = $"{SeedSpread.Of(lazy.Select(_ => 0.0)).Seeds} of the lazy network, {Numbers.Counted(own.Count, "image")}";
        void Say(
            string said, Func<SeedSpread, string> measured, Func<(DecomposedModel Model, Examinations Before, Examinations After), double> of,
            Bound bound, string figure, bool isShare = false)
        {
            var spread = SeedSpread.Of(lazy.Select(of));
            if (spread.Values.Any(double.IsNaN)) writer.Unmeasured(said, "Some training has no feature of which to measure it.", figure);
            else writer.Claim(said, measured(spread), basis, Estimate.OverSeeds(spread.Values, isShare ? own.Count : 0), bound, figure);
        }

        Say(
            "A sparse autoencoder with an L1 penalty faithfully reconstructs the hidden state.", spread => $"It leaves {spread.Percent} unexplained.",
            cut => cut.Model.Quality.Fvu, Bound.Below(Somewhat), "autoencoders");
        Say(
            "It represents each input by as few active features as possible.", spread => $"{spread.Percent} of them are active on an input.",
            cut => cut.Model.Quality.L0 / cut.Model.Autoencoder.Features, Bound.Below(Clearly), "autoencoders");
        Say(
            "Features are cleaner than neurons.",
            spread => $"Of those that tell anything, the share that tells mainly one thing is larger by {spread.Percent}.",
            cut => Pure(cut.Model.Features) - Pure(cut.Model.Neurons), Bound.Above(Somewhat), "purity");
        Say(
            "Some features go with a colour and with the logit of the digit that has it: shortcuts.",
            spread => $"{spread.Percent} of the features are.",
            cut => cut.Model.Shortcuts.Count(one => one.IsShortcut) / (double)cut.Model.Autoencoder.Features, Bound.Above(0.01), "shortcuts");
        Say(
            "Traitor features answer in colour and fall silent on grey images.",
            spread => $"The mean activation of the shortcuts falls by {spread.Percent} from {context.Recipe.Train} to {context.Recipe.Grey}.",
            cut => Silenced(cut.Model), Bound.Above(0.5), "shortcuts");
        var drawn = lazy.Select(cut => Colorful(context, cut.Model)).ToList();
        if (drawn.Any(one => double.IsNaN(one.Traitors) || double.IsNaN(one.Heroes)))
            writer.Unmeasured("Traitor features, drawn, are obsessed with colour.", "Some training has no traitor or no hero to draw.", "shortcuts");
        else
            writer.Claim(
                "Traitor features, drawn, are obsessed with colour.",
                $"{SeedSpread.Of(drawn.Select(one => one.Traitors)).Percent} of the variation of their pictures is of hue, not of brightness; of "
                    + $"heroes' "
                    + $"{SeedSpread.Of(drawn.Select(one => one.Heroes)).Percent}. The effect is the difference.",
                basis, Estimate.Difference([.. drawn.Select(one => one.Traitors)], [.. drawn.Select(one => one.Heroes)]),
                Bound.Above(Clearly), "shortcuts");
        Say(
            "Zeroing the colour features causes a sharp drop in accuracy on the biased set.", spread => $"{spread.Percent} is lost.",
            cut => cut.Before.Own.Accuracy - cut.After.Own.Accuracy, Bound.Above(Clearly), "ablated", isShare: true);
        Say(
            "Steering a colour feature makes the network misread digits as the one that has the colour.",
            spread => $"With as much as some image has by itself, {spread.Percent} of the answers change to that digit.",
            cut => Steered(context, cut.Model, own), Bound.Above(0.2), "steered", isShare: true);
        Say(
            "After ablation Grad-CAM shifts to the digit's contours.", spread => $"The share of evidence on the digit changes by {spread.Percent}.",
            cut => (cut.After.Own.Focus?.OnDigit ?? 0) - (cut.Before.Own.Focus?.OnDigit ?? 0), Bound.Above(Somewhat), "ablated");
        Say(
            "After ablation the network is forced to look at the digit.", spread => $"Accuracy in reversed colours changes by {spread.Percent}.",
            cut => cut.After.Reversed.Accuracy - cut.Before.Reversed.Accuracy, Bound.Above(Somewhat), "ablated", isShare: true);
    }

    private static double Pure(IReadOnlyList<Neuron> all) =>
        DecompositionChapter.Informative(all) is { Count: > 0 } informative
            ? informative.Count(neuron => neuron.Role is "traitor" or "hero") / (double)informative.Count
            : double.NaN;

    private static double Silenced(DecomposedModel model)
    {
        int[] caught = [.. model.Shortcuts.Where(one => one.IsShortcut).Select(one => one.Feature)];
        // Strengths: the unbiased set, the network's own, the grey one.
        double On(int set) => caught.Average(at => model.Strengths[set].Mean[at]);
        return caught.Length == 0 ? double.NaN : 1 - (On(2) / On(1));
    }

    /// <summary>The share of answers that become the digit of the strongest shortcut's colour once the feature is added to every image.</summary>
    private static double Steered(StudyContext context, DecomposedModel model, ImageSet own)
    {
        if (model.Shortcuts.FirstOrDefault(one => one.IsShortcut) is not { } shortcut) return double.NaN;
        var dose = model.Strongest(shortcut.Feature, context.Test(context.Recipe.Unbiased, context.Recipe.Looked), context.Run);
        var points = SteeringCurve.Of(model.Network, model.Autoencoder, DecomposedModel.Layer, own, shortcut.Feature, dose, context.Run).Points;
        // Doses go up to twice the strongest activation.
        var natural = points.MinBy(point => Math.Abs(point.Added - dose))!;
        return natural.Toward == shortcut.Predicts ? natural.FlipRate * natural.Share : 0;
    }

    /// <summary>The share of hue in the pictures of traitors and of heroes among the features.</summary>
    private static (double Traitors, double Heroes) Colorful(StudyContext context, DecomposedModel model)
    {
        using var scope = NewDisposeScope();
        // It shares the model's weights, which the model disposes.
        var network = Decomposed.Of(model.Network, DecomposedModel.Layer, model.Autoencoder);
        double Of(string role, Func<Neuron, double> strength)
        {
            int[] chosen =
                [.. model.Features.Where(neuron => neuron.Role == role).OrderByDescending(strength).Take(Drawn).Select(neuron => neuron.Index)];
            if (chosen.Length == 0) return double.NaN;
            var natural = context.Test(context.Recipe.Unbiased, context.Recipe.Looked);
            return Hue(new JitteredAscent().Draw(network, new(Decomposed.Features, chosen), natural, context.Run.For("drawn features")));
        }

        return (Of("traitor", neuron => neuron.ColorGivenDigit), Of("hero", neuron => neuron.Survives));
    }

    /// <summary>The share of pictures' variance, over places and channels, that is between the channels of a place.</summary>
    internal static double Hue(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var centred = pictures - pictures.mean([1, 2, 3], keepdim: true);
        var hue = pictures - pictures.mean([1], keepdim: true);
        return (hue.square().sum([1, 2, 3]) / centred.square().sum([1, 2, 3]).clamp(min: 1e-12)).mean().item<float>();
    }
}
