using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Learning from failure: trains a biased and a debiased network together, the second with the images weighted by how much harder they
/// are for the first.</summary>
/// <remarks>
/// Nam, Cha, Ahn, Lee and Shin, 2020, "Learning from failure: training debiased classifier from biased classifier", arXiv:2007.02561,
/// algorithm 1. An image's weight is the first network's cross-entropy as a share of both. As in the authors' code each cross-entropy is a
/// moving average of the image's own, divided by the largest of its class. The networks share no weight, so one optimizer over both is an
/// optimizer for each.
/// </remarks>
/// <param name="Q">q of the biased network's generalized cross-entropy.</param>
/// <param name="Momentum">The decay of the moving average of an image's cross-entropy.</param>
internal sealed record LearningFromFailure(
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Q = 0.7, [Range(0.0, 1.0, MaximumIsExclusive = true)] double Momentum = 0.7) : Procedure
{
    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => Supervision.Nothing;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        Require.That(
            options.Objective is EmpiricalRisk,
            $"learning-from-failure weights the plain risk itself; got {Catalog.Write(options.Objective)}.");
        environments = new([environments.Pooled()]);
        Classifier Build(string purpose) => environments.Build(architecture, purpose, run);
        var network = Build("weights");
        using var biased = Build("biased weights");
        // Its modules are the two networks' own, of which one is returned.
        var twin = Twin(network, biased);
        var history = Trainer.Train(
            twin,
            options with
            {
                Objective = JointLoss(environments.Count),
            },
            environments,
            log,
            run);
        network.DropoutGenerator = null;
        return new(network, history);
    }

    /// <summary>Two networks as one with the first one's logits, followed in training by the second one's.</summary>
    private static Classifier Twin(Classifier network, Classifier biased)
    {
        return new(
            network.Architecture,
            network.Shape,
            network.Classes,
            [new Layer("twin", LayerKind.Other, Forward, new Pair(network, biased), Maps: false)]);

        Tensor Forward(Tensor images, Classifier twin)
        {
            if (!twin.training) return network.call(images);
            network.DropoutGenerator = biased.DropoutGenerator = twin.DropoutGenerator;
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

    /// <summary>The joint loss of both networks, for a training set of this many images.</summary>
    internal Objective JointLoss(int images) => new RelativeDifficulty(Q, Momentum, images);

    /// <summary>The joint loss of learning from failure, over logits of which the second half is the biased network's.</summary>
    private sealed record RelativeDifficulty(double Q, double Momentum, int Images) : Objective
    {
        private const double Tiny = 1e-8;

        internal override IObjectiveState Begin() => new State(this);

        private sealed class State(RelativeDifficulty settings) : BufferedObjectiveState
        {
            public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step)
            {
                var output = environments[0];
                var logits = output.Logits.chunk(2, 1);
                var debiased = nn.functional.cross_entropy(logits[0], output.Labels, reduction: nn.Reduction.None);
                var weights = Weights(
                    debiased.detach(),
                    nn.functional.cross_entropy(logits[1], output.Labels, reduction: nn.Reduction.None).detach(),
                    output);
                var biased = new GeneralizedCrossEntropy(settings.Q).Of([new(logits[1], output.Labels)], step).Value;
                return new((weights * debiased).mean() + biased);
            }

            /// <summary>The relative difficulty: the biased network's averaged cross-entropy as a share of both's, (N).</summary>
            private Tensor Weights(Tensor debiased, Tensor biased, EnvironmentOutput output)
            {
                // Rows: the averages of both networks (-1 before an image was sampled), and the images' classes.
                var averages = Buffer(() => full(3, settings.Images, -1f, device: debiased.device)).clone();
                var now = stack([debiased, biased]);
                var before = averages.slice(0, 0, 2, 1).index_select(1, output.Places);
                var average = where(before.lt(0), now, (settings.Momentum * before) + ((1 - settings.Momentum) * now));
                averages.index_copy_(1, output.Places, cat([average, output.Labels.to_type(float32).unsqueeze(0)]));
                SetBuffer(averages);

                var classes = nn.functional.one_hot(averages[2].to_type(int64) + 1).t().to_type(float32);
                var largest = (averages.slice(0, 0, 2, 1).unsqueeze(1) * classes.unsqueeze(0)).amax([2]);
                var shares = average / largest.index_select(1, output.Labels + 1).clamp(min: Tiny);
                return shares[1] / (shares[0] + shares[1]).clamp(min: Tiny);
            }
        }
    }
}
