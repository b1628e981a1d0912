using System.Diagnostics;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Sparse.Training;

/// <summary>Trains sparse autoencoders on stored activations.</summary>
/// <remarks>
/// Directions keep length 1: the gradient along a direction is taken out before the step, the length restored after it (Bricken et al., 2023).
/// The encoder starts as the decoder's transpose, around the geometric median (Gao et al., 2024, arXiv:2406.04093, section A.1).
/// All is trained in units in which the inputs' mean variance is 1, and rescaled at the end, so that a penalty means the same at every layer.
/// </remarks>
internal static class AutoencoderTrainer
{
    // Later on there is no time to learn a new direction well; a feature back at its centroid need only learn how large to be.
    private const double LastResampling = 0.7;
    private const double LastReset = 0.9;

    /// <summary>Trains an autoencoder; the caller disposes it.</summary>
    /// <param name="options">The training options.</param>
    /// <param name="rows">float32 (N, C), not changed.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <returns>The autoencoder, and one record an epoch.</returns>
    /// <exception cref="BadInputException">There is nothing to learn, or the loss stops being a number.</exception>
    public static (Autoencoder Autoencoder, IReadOnlyList<SparseEpoch> History) Train(AutoencoderTrainingOptions options, Tensor rows, RunContext run)
    {
        using var scope = NewDisposeScope();
        var scale = Math.Sqrt(Reconstruction.Variance(rows) / rows.numel());
        Require.That(
            double.IsFinite(scale),
            $"Some of the {rows.shape[0]:N0} rows are not numbers (NaN or infinite): the network's weights are damaged, or its training diverged.");
        Require.That(!Reconstruction.AllEqual(rows), $"The {rows.shape[0]:N0} rows are all alike: there is nothing to take apart.");
        var scaled = (rows / scale).to(run.Device.ToTorch());
        var features = Math.Max(1, (long)Math.Round(options.Width * rows.shape[1]));
        var (autoencoder, start) = Initialization.Of(options.Variant, scaled, features, options.Directions, run.Seed.For("start"));
        using var optimizer = options.Optimizer.Begin(autoencoder.parameters());
        var loop = new Loop(autoencoder, options, scaled, options.Directions == Directions.Anchored ? start : null, optimizer, run);
        var history = new List<SparseEpoch>();
        for (var epoch = 1; epoch <= options.Epochs; epoch++) history.Add(loop.Epoch(epoch));

        options.Variant.FinalizeWeights(autoencoder, scaled);
        Rescale(autoencoder, scale);
        return (autoencoder, history);
    }

    /// <summary>Rescales the weights from normalized inputs to the network's: features grow with the activations, directions stay.</summary>
    private static void Rescale(Autoencoder autoencoder, double scale)
    {
        using var noGrad = no_grad();
        foreach (var bias in new[] { autoencoder.EncoderBias, autoencoder.DecoderBias }) bias.mul_(scale);
        foreach (var name in autoencoder.Variant.Scaled) autoencoder.Extra(name).mul_(scale);
        foreach (var parameter in autoencoder.parameters()) parameter.requires_grad = false;
    }

    private sealed class Loop(
        Autoencoder autoencoder,
        AutoencoderTrainingOptions options,
        Tensor rows,
        Tensor? centroids,
        OptimizerState optimizer,
        RunContext run)
    {
        private readonly int stepsPerEpoch = (int)Math.Max(1, rows.shape[0] / options.Batch);
        private readonly double lastResampling = centroids is null ? LastResampling : LastReset;
        private readonly Tensor inactive = zeros(autoencoder.Features, int64, rows.device);
        private int step;

        // Steps after which an inactive feature is resampled: an epoch, or half of one where it returns to its centroid.
        private int Patience => centroids is null ? stepsPerEpoch : Math.Max(1, stepsPerEpoch / 2);

        public SparseEpoch Epoch(int epoch)
        {
            var watch = Stopwatch.StartNew();
            using var scope = NewDisposeScope();
            using var generator = run.Seed.For("order").For(epoch).On(CPU);
            var order = randperm(rows.shape[0], int64, CPU, generator: generator).to(rows.device);
            var (sums, seen) = (new Sums(), 0L);
            for (var at = 0; at < stepsPerEpoch; at++)
            {
                using var inner = NewDisposeScope();
                if (step > 0 && step % Patience == 0 && (double)step / (stepsPerEpoch * (long)options.Epochs) <= lastResampling) Resample();
                var batch = rows.index_select(0, order.slice(0, at * (long)options.Batch, Math.Min((at + 1L) * options.Batch, rows.shape[0]), 1));
                sums += Step(batch);
                seen += batch.shape[0];
                run.Report(
                    new(
                        "decompose",
                        step,
                        (long)stepsPerEpoch * options.Epochs,
                        $"epoch {epoch} of {options.Epochs}, unexplained {sums.Error / (seen * rows.shape[1]):0.0000}"));
            }

            var dead = Dead()?.sum().item<long>() ?? 0;
            return new(
                epoch,
                sums.Loss / stepsPerEpoch,
                sums.Error / (seen * rows.shape[1]),
                sums.Active / seen,
                (double)dead / autoencoder.Features,
                watch.Elapsed.TotalSeconds);
        }

        /// <summary>
        /// Resamples dead features at the rows of the largest error (Bricken et al., 2023, "Neuron resampling"), or at their centroids.
        /// </summary>
        private void Resample()
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            if (Dead() is not { } dead) return;
            var features = dead.nonzero().squeeze(1);
            if (centroids is not null) Initialization.Reinitialize(autoencoder, features, centroids.index_select(0, features));
            else Initialization.Reinitialize(autoencoder, rows, features, run.Seed.For("revival").For(step / stepsPerEpoch));
            inactive.masked_fill_(dead, 0);
        }

        private Sums Step(Tensor batch)
        {
            var rate = options.Optimizer.Rate * options.Schedule.At(Math.Min(1, (double)step / Math.Max(1, (stepsPerEpoch * options.Epochs) - 1)));
            optimizer.Rate = rate;
            optimizer.ZeroGradients();
            var output = options.Variant.TrainingLoss(autoencoder, batch, Dead());
            var loss = output.Loss.item<float>();
            Require.That(
                float.IsFinite(loss),
                $"Training diverged at step {step}: the loss is {loss} at learning rate {rate:0.######}; a smaller learning rate may help.");
            output.Loss.backward();

            using var noGrad = no_grad();
            var decoder = autoencoder.Decoder;
            decoder.grad!.sub_((decoder.grad * decoder).sum(1, keepdim: true) * decoder);
            optimizer.Step();
            decoder.div_(decoder.norm(1, keepdim: true).clamp_min(1e-8));
            if (centroids is not null) Centroids.Constrain(decoder, centroids);

            var active = output.Features.detach().gt(0);
            inactive.add_(batch.shape[0]).masked_fill_(active.any(0), 0);
            step++;
            return new(loss, (output.Rebuilt.detach() - batch).square().sum().item<float>(), active.sum().item<long>());
        }

        /// <summary>The dead features, bool (F): those inactive for long; null where there is none.</summary>
        private Tensor? Dead()
        {
            var dead = inactive.ge(Patience * Math.Min((long)options.Batch, rows.shape[0]));
            return dead.any().item<bool>() ? dead : null;
        }
    }

    private readonly record struct Sums(double Loss, double Error, double Active)
    {
        public static Sums operator +(Sums one, Sums other) => new(one.Loss + other.Loss, one.Error + other.Error, one.Active + other.Active);
    }
}
