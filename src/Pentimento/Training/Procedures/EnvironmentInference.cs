using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Environment inference: finds the two environments that maximize a first network's IRM penalty, then trains a second one on
/// them.</summary>
/// <remarks>
/// Creager, Jacobsen and Zemel, 2021, "Environment inference for invariant learning", arXiv:2010.07249, eq. 4 to 6, as in the authors'
/// code: each image belongs to the first environment with a probability of its own, Adam maximizes IRM's penalty of both over these, and at the
/// end an image goes where it more probably belongs. Only the derivative of each image's loss by a scale on its logits is needed, so the network
/// predicts once.
/// </remarks>
/// <param name="Steps">Number of steps of Adam.</param>
/// <param name="LearningRate">Adam's learning rate, for the log-odds of the probabilities.</param>
internal sealed record EnvironmentInference(
    [Range(1, 10_000_000)] int Steps = 10_000, [Range(0.0, 10.0, MinimumIsExclusive = true)] double LearningRate = 1e-3) : TwoStages
{
    private const int ReportEvery = 100;
    // Adam's usual constants.
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Epsilon = 1e-8;

    /// <inheritdoc/>
    protected override bool FindsEnvironments => true;

    /// <inheritdoc/>
    protected override Environments SecondStage(Classifier reference, Environments environments, RunContext run)
    {
        using var scope = NewDisposeScope();
        var set = environments.Sets[0];
        var gradients = InvariantRisk.ScaleGradients(new(Predictor.Logits(reference, set, run), set.LabelTensor()));
        return Split(set, Infer(gradients.data<float>().ToArray(), run));
    }

    /// <summary>The probability of each image to be of the first environment, (N).</summary>
    /// <param name="gradients">(N), the derivative of each image's loss by a scale on its logits.</param>
    /// <param name="run">The seed of the initial probabilities; reports progress and can be cancelled.</param>
    internal double[] Infer(ReadOnlySpan<float> gradients, RunContext run)
    {
        var (odds, shares) = (InitialOdds(gradients.Length, run.Seed.For("environments")), new double[gradients.Length]);
        var (mean, square) = (new double[odds.Length], new double[odds.Length]);
        for (var step = 1; step <= Steps; step++)
        {
            // The penalty is (first² + second²) / 2, of the two environments' mean gradients.
            var (first, second) = (0.0, 0.0);
            for (var at = 0; at < odds.Length; at++)
            {
                shares[at] = Sigmoid(odds[at]);
                first += shares[at] * gradients[at] / odds.Length;
                second += (1 - shares[at]) * gradients[at] / odds.Length;
            }

            var (meanCorrection, squareCorrection) = (1 - Math.Pow(FirstDecay, step), 1 - Math.Pow(SecondDecay, step));
            for (var at = 0; at < odds.Length; at++)
            {
                var gradient = (first - second) * gradients[at] * shares[at] * (1 - shares[at]) / odds.Length;
                mean[at] = (FirstDecay * mean[at]) + ((1 - FirstDecay) * gradient);
                square[at] = (SecondDecay * square[at]) + ((1 - SecondDecay) * gradient * gradient);
                odds[at] += LearningRate * (mean[at] / meanCorrection) / (Math.Sqrt(square[at] / squareCorrection) + Epsilon);
            }

            if (step % ReportEvery == 0) run.Report(new("infer environments", step, Steps));
        }

        return Array.ConvertAll(odds, Sigmoid);
    }

    private static double[] InitialOdds(int count, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.On(CPU);
        return randn(count, float64, CPU, generator: generator).data<double>().ToArray();
    }

    private static double Sigmoid(double odds) => 1 / (1 + Math.Exp(-odds));

    /// <summary>Assigns each image to its more probable environment.</summary>
    /// <exception cref="BadInputException">All belong to one environment.</exception>
    internal static Environments Split(ImageSet set, double[] shares)
    {
        var places = Enumerable.Range(0, set.Count).ToLookup(at => shares[at] > 0.5);
        Require.That(
            places[true].Any() && places[false].Any(),
            $"The first network behaves the same on every image of {set.Name}, so there are no environments to find.");
        return new([set.Pick([.. places[true]]), set.Pick([.. places[false]])]);
    }
}
