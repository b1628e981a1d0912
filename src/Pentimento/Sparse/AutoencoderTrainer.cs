using System.Diagnostics;
using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>Trains sparse autoencoders on stored activations.</summary>
/// <remarks>
/// Directions keep length 1: the gradient along a direction is taken out before the step, the length restored after it (Bricken et al., 2023).
/// Features are read as they are written at the start, around the geometric median (Gao et al., 2024, arXiv:2406.04093, section A.1).
/// All is trained in units in which the inputs' mean variance is 1, and rescaled at the end, so that a penalty means the same at every layer.
/// </remarks>
public static class AutoencoderTrainer
{
    // Later on there is no time to learn a new direction well; a feature back at its centroid need only learn how loud to be.
    private const double LastRevival = 0.7;
    private const double LastReturn = 0.9;

    /// <summary>Trains an autoencoder; the caller disposes it.</summary>
    /// <param name="course">What is made small, how, and for how long.</param>
    /// <param name="rows">float32 (N, C), not changed.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    /// <returns>The autoencoder, and one record an epoch.</returns>
    /// <exception cref="BadInputException">There is nothing to learn, or the loss stops being a number.</exception>
    public static (Autoencoder Autoencoder, IReadOnlyList<SparseEpoch> History) Train(AutoencoderTrainingOptions course, Tensor rows, RunContext run)
    {
        using var scope = NewDisposeScope();
        var spread = Math.Sqrt(Reconstruction.Variance(rows) / rows.numel());
        Require.That(double.IsFinite(spread) && !Reconstruction.Alike(rows), $"The {rows.shape[0]:N0} rows are all alike: there is nothing to take apart.");
        var scaled = (rows / spread).to(run.Device.ToTorch());
        var features = Math.Max(1, (long)Math.Round(course.Width * rows.shape[1]));
        var (autoencoder, start) = Initialization.Of(course.Variant, scaled, features, course.Directions, run.Seed.For("start"));
        using var descent = course.Optimizer.Begin(autoencoder.parameters());
        var loop = new Loop(autoencoder, course, scaled, course.Directions == Directions.Anchored ? start : null, descent, run);
        var history = new List<SparseEpoch>();
        for (var epoch = 1; epoch <= course.Epochs; epoch++) history.Add(loop.Epoch(epoch));

        course.Variant.Settle(autoencoder, scaled);
        Rescale(autoencoder, spread);
        return (autoencoder, history);
    }

    /// <summary>From units of the spread back to those of the network: features grow with the activations, directions stay.</summary>
    private static void Rescale(Autoencoder autoencoder, double spread)
    {
        using var still = no_grad();
        foreach (var bias in new[] { autoencoder.EncoderBias, autoencoder.DecoderBias }) bias.mul_(spread);
        foreach (var name in autoencoder.Variant.Scaled) autoencoder.Extra(name).mul_(spread);
        foreach (var parameter in autoencoder.parameters()) parameter.requires_grad = false;
    }

    private sealed class Loop(
        Autoencoder autoencoder,
        AutoencoderTrainingOptions course,
        Tensor rows,
        Tensor? centroids,
        Training.OptimizerState descent,
        RunContext run)
    {
        private readonly int stepsPerEpoch = (int)Math.Max(1, rows.shape[0] / course.Batch);
        private readonly double lastRevival = centroids is null ? LastRevival : LastReturn;
        private readonly Tensor silence = zeros(autoencoder.Features, int64, rows.device);
        private int step;

        // Steps after which a silent feature starts anew: an epoch, or half of one where it returns to its centroid.
        private int Patience => centroids is null ? stepsPerEpoch : Math.Max(1, stepsPerEpoch / 2);

        public SparseEpoch Epoch(int epoch)
        {
            var watch = Stopwatch.StartNew();
            using var scope = NewDisposeScope();
            using var dice = run.Seed.For("order").For(epoch).On(CPU);
            var order = randperm(rows.shape[0], int64, CPU, generator: dice).to(rows.device);
            var (sums, seen) = (new Sums(), 0L);
            for (var at = 0; at < stepsPerEpoch; at++)
            {
                using var inner = NewDisposeScope();
                if (step > 0 && step % Patience == 0 && (double)step / (stepsPerEpoch * (long)course.Epochs) <= lastRevival) Revive();
                var batch = rows.index_select(0, order.slice(0, at * (long)course.Batch, Math.Min((at + 1L) * course.Batch, rows.shape[0]), 1));
                sums += Step(batch);
                seen += batch.shape[0];
                run.Report(
                    new(
                        "decompose",
                        step,
                        (long)stepsPerEpoch * course.Epochs,
                        $"epoch {epoch} of {course.Epochs}, unexplained {sums.Error / (seen * rows.shape[1]):0.0000}"));
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
        /// Points features that were silent for long at what is rebuilt worst (Bricken et al., 2023, "Neuron resampling"), or at their centroids.
        /// </summary>
        private void Revive()
        {
            using var scope = NewDisposeScope();
            using var still = no_grad();
            if (Dead() is not { } dead) return;
            var features = dead.nonzero().squeeze(1);
            if (centroids is not null) Initialization.Again(autoencoder, features, centroids.index_select(0, features));
            else Initialization.Again(autoencoder, rows, features, run.Seed.For("revival").For(step / stepsPerEpoch));
            silence.masked_fill_(dead, 0);
        }

        private Sums Step(Tensor batch)
        {
            var rate = course.Optimizer.Rate * course.Schedule.At(Math.Min(1, (double)step / Math.Max(1, (stepsPerEpoch * course.Epochs) - 1)));
            descent.Rate = rate;
            descent.ZeroGradients();
            var lesson = course.Variant.Learn(autoencoder, batch, Dead());
            var loss = lesson.Loss.item<float>();
            Require.That(
                float.IsFinite(loss),
                $"Training diverged at step {step}: the loss is {loss} at learning rate {rate:0.######}; a smaller learning rate may help.");
            lesson.Loss.backward();

            using var still = no_grad();
            var decoder = autoencoder.Decoder;
            decoder.grad!.sub_((decoder.grad * decoder).sum(1, keepdim: true) * decoder);
            descent.Step();
            decoder.div_(decoder.norm(1, keepdim: true).clamp_min(1e-8));
            if (centroids is not null) Centroids.Hold(decoder, centroids);

            var active = lesson.Features.detach().gt(0);
            silence.add_(batch.shape[0]).masked_fill_(active.any(0), 0);
            step++;
            return new(loss, (lesson.Rebuilt.detach() - batch).square().sum().item<float>(), active.sum().item<long>());
        }

        /// <summary>bool (F): silent for long; null where none is.</summary>
        private Tensor? Dead()
        {
            var dead = silence.ge(Patience * Math.Min((long)course.Batch, rows.shape[0]));
            return dead.any().item<bool>() ? dead : null;
        }
    }

    private readonly record struct Sums(double Loss, double Error, double Active)
    {
        public static Sums operator +(Sums one, Sums other) => new(one.Loss + other.Loss, one.Error + other.Error, one.Active + other.Active);
    }
}
