using System.ComponentModel.DataAnnotations;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Bias amplification: trains a network to which every hard image may add logits of its own, so that it need not learn them, then goes on
/// with the same network, sampling the images that it gets wrong without them more often.</summary>
/// <remarks>
/// Li, Liu and Hu, 2023, "Bias amplification enhances minority group performance" (BAM), arXiv:2309.06717, and the authors' code: the logits
/// of image i are f(x) + λ b with b of its own, which is learned with the network and left out when errors are counted; the network of the second
/// stage is the same one, and the epoch is kept whose accuracy differs least between classes (<c>class-difference</c>). Ours: b takes plain
/// gradient steps, so that only λ² times their size counts, and a tenth of the images is held out for the choice of the epoch, unless the
/// training says itself how it selects. The authors repeat upweighted images in each pass; here an epoch stays as long as the set, and the others
/// are sampled less.
/// </remarks>
/// <param name="Upweight">μ, the sampling weight of an image that is wrong, relative to the others.</param>
/// <param name="Amplification">λ² times the step size of b: how far an image's own logits move against its error each time that it is met.</param>
/// <param name="AmplifiedEpochs">T, the number of epochs of the first stage.</param>
/// <param name="Share">The share of the images that is held out to select an epoch of the second stage; 0 for none.</param>
internal sealed record BiasAmplification(
    [Range(1.0, 100_000.0)] double Upweight = 50, [Range(0.0, 1000.0)] double Amplification = 1, [Range(1, 100_000)] int AmplifiedEpochs = 3,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double Share = 0.1) : Procedure
{
    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        environments = new([environments.Pooled()]);
        options.Objective.CheckEnvironments(1);
        if (options.Selection is LastEpoch && Share > 0)
        {
            var (training, held) = environments.HoldOut(Share, run.Seed.For("held out"));
            (environments, log, options) = (training, log with { Validation = held }, options with { Selection = new ClassDifference() });
        }

        var set = environments.Sets[0];
        var network = environments.Build(architecture, "weights", run);
        Trainer.Train(
            network,
            options with
            {
                Objective = new OwnLogits(Amplification, set.Count),
                Epochs = AmplifiedEpochs,
                Schedule = new Constant(),
                Selection = new LastEpoch(),
            },
            environments, log.For("amplified"), run.For("amplified"));
        var weights = JustTrainTwice.Weights(Predictor.Classes(network, set, run), set, Upweight);
        return new(network, Trainer.Train(network, options, environments with { Weights = [weights] }, log, run));
    }

    /// <summary>The loss of the first stage.</summary>
    internal Objective FirstLoss(int images) => new OwnLogits(Amplification, images);

    /// <summary>The cross-entropy of a network to whose logits every image adds its own.</summary>
    private sealed record OwnLogits(double Amplification, int Images) : Objective
    {
        internal override IObjectiveState Begin() => new State(this);

        private sealed class State(OwnLogits settings) : BufferedObjectiveState
        {
            public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step)
            {
                var output = environments[0];
                var own = Buffer(() => zeros(settings.Images, output.Logits.shape[1], float32, output.Logits.device)).clone();
                var together = new EnvironmentOutput(output.Logits + own.index_select(0, output.Places), output.Labels);
                // The gradient of an image's loss by its own logits is its residual.
                own.index_add_(0, output.Places, together.Residual().detach(), -settings.Amplification);
                SetBuffer(own);
                return new(together.Risk());
            }
        }
    }
}
