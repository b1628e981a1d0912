using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Unsupervised logit adjustment: trains features without labels, reads the class off them by a linear layer, whose predictions stand for
/// the bias, and trains on with the log-prior of each class given that prediction added to the logits. No bias labels.</summary>
/// <remarks>
/// Tsirigotis, Monteiro, Rodriguez, Vazquez and Courville, 2023, "Group robust classification without any group information" (uLA),
/// arXiv:2310.18555, and the authors' code: the prior is the mean of the biased network's soft predictions for each class, of the row that its
/// prediction names. Ours: features are learned by Barlow twins (arXiv:2103.03230) where the authors use MoCo v2+, the linear layer is a convex
/// fit instead of gradient descent that is stopped early, and the prior is counted once over all images instead of a moving average. Beginning
/// with a trained network's weights, with <c>view-epochs=0</c>, that network's own features take the place of the unsupervised ones.
/// </remarks>
/// <param name="ViewEpochs">Number of epochs of the training without labels; 0 for none, so that the features are those that the network begins
/// with.</param>
/// <param name="Strength">η, what the log-prior is multiplied with.</param>
/// <param name="Temperature">τ, what the biased network's logits are divided by.</param>
internal sealed record UnsupervisedLogitAdjustment(
    [Range(0, 100_000)] int ViewEpochs = 2, [Range(0.0, 100.0)] double Strength = 1,
    [Range(0.0, 1000.0, MinimumIsExclusive = true)] double Temperature = 1) : Procedure
{
    // Of more images a linear layer learns nothing more.
    private const int MostImages = 20_000;

    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        environments = new([environments.Pooled()]);
        options.Objective.CheckEnvironments(1);
        var set = environments.Sets[0];
        var network = environments.Build(architecture, "weights", run);
        if (ViewEpochs > 0)
        {
            TrainingOptions views = new() { Epochs = ViewEpochs, Batch = options.Batch, Precision = options.Precision };
            TwoViews.Train(network, set, views, log.For("views"), run.For("views"));
        }

        using var biased = environments.Build(architecture, "weights", run);
        Weights.Put(biased, Weights.Of(network), "the features");
        Refit(biased, set, run);
        var trained = AddedLogits.To(network, biased, Prior(biased, set, run));
        var history = Trainer.Train(trained, options, environments, log, run);
        network.DropoutGenerator = null;
        return new(network, history);
    }

    /// <summary>Fits the last layer to the labels, the others as they are.</summary>
    private static void Refit(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var some = set.Count <= MostImages ? set : set.Pick(StratifiedDraw.Of(set.Labels, MostImages, run.Seed.For("linear layer")));
        var share = full([some.Count], 1f / some.Count);
        var features = LastLayer.Features(network, some, run);
        var (weight, bias) = new SparseRegression(network.Classes).Fit(features, some.LabelTensor(), share, 1.0 / some.Count);
        network.PutLast(weight.to(run.Device.ToTorch()), bias.to(run.Device.ToTorch()));
    }

    private float[,] Prior(Classifier biased, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        return Prior(Predictor.Logits(biased, set, run), set.Labels);
    }

    /// <summary>η times the log-prior of each class given each prediction, float32 (K, K), a row for each prediction.</summary>
    /// <param name="logits">float32 (N, K), the biased network's.</param>
    /// <param name="labels">(N), the images' classes.</param>
    internal float[,] Prior(Tensor logits, long[] labels)
    {
        using var scope = NewDisposeScope();
        var soft = nn.functional.softmax(logits / Temperature, 1);
        var joint = soft.t().mm(nn.functional.one_hot(tensor(labels), logits.shape[1]).to_type(float32)) / labels.Length;
        // What is never predicted has a prior of its own: none.
        var given = (joint + 1e-8) / (joint + 1e-8).sum(1, keepdim: true);
        var values = (Strength * given.log()).data<float>().ToArray();
        var prior = new float[logits.shape[1], logits.shape[1]];
        Buffer.BlockCopy(values, 0, prior, 0, values.Length * sizeof(float));
        return prior;
    }
}
