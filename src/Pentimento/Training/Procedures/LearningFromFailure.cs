using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Trains two networks side by side: one that gives up on hard images, and one that is taught most by the images on which the
/// first fails.</summary>
/// <remarks>
/// Nam, Cha, Ahn, Lee and Shin, 2020, "Learning from failure: training debiased classifier from biased classifier", arXiv:2007.02561,
/// algorithm 1. An image's weight
/// is the first network's cross-entropy as a share of both. As in the authors' code each cross-entropy is a moving average of the image's
/// own, divided by
/// the largest of its class. The networks share no weight, so one optimiser over both is an optimiser for each.
/// </remarks>
/// <param name="Q">q of the first network's generalised cross-entropy.</param>
/// <param name="Momentum">The share of the past in the moving average of an image's cross-entropy.</param>
public sealed record LearningFromFailure(
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Q = 0.7, [Range(0.0, 1.0, MaximumIsExclusive = true)] double Momentum = 0.7) : Procedure
{
    /// <inheritdoc/>
    public override Supervision Needs(Objective objective) => Supervision.Nothing;

    /// <inheritdoc/>
    public override Trained Train(Architecture architecture, Course course, Environments environments, TrainingLog logbook, RunContext run)
    {
        Require.That(
            course.Objective is EmpiricalRisk,
            $"learning-from-failure weighs the plain risk itself; got {Catalog.Write(course.Objective)}.");
        environments = new([environments.Pooled()]);
        Classifier Build(string purpose) => environments.Build(architecture, purpose, run);
        var network = Build("weights");
        using var biased = Build("biased weights");
        // Its modules are the two networks' own, of which one lives on.
        var twin = Twin(network, biased);
        var history = Trainer.Train(
            twin,
            course with
            {
                Objective = new RelativeDifficulty(Q, Momentum, environments.Count),
            },
            environments,
            logbook,
            run);
        network.Dice = null;
        return new(network, history);
    }

    /// <summary>Two networks as one that answers as the first does, and in training with the second one's logits behind its own.</summary>
    private static Classifier Twin(Classifier network, Classifier biased)
    {
        return new(
            network.Architecture,
            network.Shape,
            network.Classes,
            [new Layer("twin", LayerKind.Other, Answer, new Pair(network, biased), Maps: false)]);

        Tensor Answer(Tensor images, Classifier twin)
        {
            if (!twin.training) return network.call(images);
            network.Dice = biased.Dice = twin.Dice;
            return cat([network.call(images), biased.call(images)], 1);
        }
    }

    private sealed class Pair : nn.Module
    {
        public Pair(Classifier network, Classifier biased) : base(nameof(Pair))
        {
            register_module("network", network);
            register_module("biased", biased);
        }
    }
}

/// <summary>The joint loss of learning from failure, over logits of which the second half is the biased network's.</summary>
internal sealed record RelativeDifficulty(double Q, double Momentum, int Images) : Objective
{
    private const double Tiny = 1e-8;

    public override IObjectiveState Begin() => new State(this);

    private sealed class State(RelativeDifficulty settings) : RememberingState
    {
        public override Loss Of(IReadOnlyList<Answers> environments, int step)
        {
            var answers = environments[0];
            var logits = answers.Logits.chunk(2, 1);
            var debiased = nn.functional.cross_entropy(logits[0], answers.Labels, reduction: nn.Reduction.None);
            var weights = Weights(
                debiased.detach(),
                nn.functional.cross_entropy(logits[1], answers.Labels, reduction: nn.Reduction.None).detach(),
                answers);
            var biased = new GeneralizedCrossEntropy(settings.Q).Of([new(logits[1], answers.Labels)], step).Value;
            return new((weights * debiased).mean() + biased);
        }

        /// <summary>The biased network's averaged cross-entropy as a share of both's, (N).</summary>
        private Tensor Weights(Tensor debiased, Tensor biased, Answers answers)
        {
            // Rows: the averages of both networks (-1 before an image was met), and the images' classes.
            var kept = Recall(() => full(3, settings.Images, -1f, device: debiased.device)).clone();
            var now = stack([debiased, biased]);
            var before = kept.slice(0, 0, 2, 1).index_select(1, answers.Places);
            var average = where(before.lt(0), now, (settings.Momentum * before) + ((1 - settings.Momentum) * now));
            kept.index_copy_(1, answers.Places, cat([average, answers.Labels.to_type(float32).unsqueeze(0)]));
            Remember(kept);

            var classes = nn.functional.one_hot(kept[2].to_type(int64) + 1).t().to_type(float32);
            var largest = (kept.slice(0, 0, 2, 1).unsqueeze(1) * classes.unsqueeze(0)).amax([2]);
            var shares = average / largest.index_select(1, answers.Labels + 1).clamp(min: Tiny);
            return shares[1] / (shares[0] + shares[1]).clamp(min: Tiny);
        }
    }
}
