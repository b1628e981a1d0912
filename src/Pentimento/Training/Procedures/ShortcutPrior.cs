using System.ComponentModel.DataAnnotations;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>
/// Trains a first network that keeps to a shortcut, then another to whose logits it is added, in training, how often each class goes with
/// the first one's answer:
/// what the shortcut tells is known there already and need not be learned. No attribute is labelled.
/// </summary>
/// <remarks>
/// The bias-balanced loss of Hong and Yang, 2021, "Unbiased classification through bias-contrastive and bias-balanced learning" (NeurIPS
/// 34), eq. 5, which is the
/// logit adjustment of Menon et al., 2021, arXiv:2007.07314, by bias; ours is that the first network's answer stands for the bias, and that
/// images are dealt more
/// evenly, a class and an answer making a group. Nothing is added when the network is asked later.
/// </remarks>
/// <param name="Evenness">How evenly groups are shown: at 0 as often as they are, at 1 equally often, in between as often as their size to
/// the power of the rest.</param>
public sealed record ShortcutPrior([Range(0.0, 1.0)] double Evenness = 0.5) : TwoStages
{
    // The name under which the first network's answers are kept.
    private const string Answer = "the first network's answer";

    /// <inheritdoc/>
    protected override Environments Learn(Classifier reference, Environments environments, RunContext run)
    {
        var set = environments.Sets[0];
        var answered = set.With(Answer, Predictor.Classes(reference, set, run));
        return new([answered]) { Weights = [Array.ConvertAll(GroupBalanced.Weights(answered, Answer), weight => Math.Pow(weight, Evenness))] };
    }

    /// <inheritdoc/>
    protected override Classifier Together(Classifier network, Classifier reference, Environments environments)
    {
        var set = environments.Sets[0];
        var prior = Prior(set.Labels, set.AttributeOf(Answer), environments.Classes);
        // Its modules are the network's own, which lives on.
        return new(network.Architecture, network.Shape, network.Classes, [new Layer("together", LayerKind.Other, Answered, network, Maps: false)]);

        Tensor Answered(Tensor images, Classifier together)
        {
            if (!together.training) return network.call(images);
            network.Dice = together.Dice;
            return network.call(images) + tensor(prior, device: images.device).index_select(0, Answers(reference, images));
        }
    }

    /// <summary>The logarithm of each class's share among the images dealt with each answer, float32 (K, K), a row an answer.</summary>
    /// <param name="labels">(N), the images' classes.</param>
    /// <param name="answers">(N), the first network's.</param>
    /// <param name="classes">K.</param>
    internal float[,] Prior(long[] labels, long[] answers, int classes)
    {
        // One more image in every group: what was not met is rare, not impossible.
        var sizes = new double[classes, classes];
        for (var at = 0; at < labels.Length; at++) sizes[answers[at], labels[at]]++;
        var prior = new float[classes, classes];
        for (var answer = 0; answer < classes; answer++)
        {
            var dealt = Enumerable.Range(0, classes).Select(label => Math.Pow(sizes[answer, label] + 1, 1 - Evenness)).ToArray();
            for (var label = 0; label < classes; label++) prior[answer, label] = (float)Math.Log(dealt[label] / dealt.Sum());
        }

        return prior;
    }

    private static Tensor Answers(Classifier reference, Tensor images)
    {
        using var still = no_grad();
        return reference.call(images).argmax(1);
    }
}
