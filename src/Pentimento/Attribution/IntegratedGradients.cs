using System.ComponentModel.DataAnnotations;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Integrated gradients along the straight line from a black image to the image. The map sums to the difference of the logits
/// (completeness).</summary>
/// <remarks>
/// Sundararajan, Taly and Yan, 2017, "Axiomatic attribution for deep networks", arXiv:1703.01365, eq. 1. The integral is taken by
/// Gauss-Legendre quadrature, which needs fewer steps than a sum of equal ones.
/// </remarks>
/// <param name="Steps">m, the number of points of the line at which the gradient is evaluated.</param>
internal sealed record IntegratedGradients([Range(1, 10_000)] int Steps = 50) : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    internal override AttributionMethod? Draft(int passes, Data.ImageShape shape) =>
        Math.Max(1, passes / PassesOfAGradient) is var fewer && Steps > fewer ? this with { Steps = fewer } : null;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var sum = zeros_like(images);
        var nodes = GaussLegendre.On01(Steps);
        for (var step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            sum.add_(nodes[step].Weight * LogitGradient.At(images * nodes[step].Node, targets, network.call));
            run.Report(new("integrated-gradients", step + 1, Steps));
        }

        return (images * sum).sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>The violation of completeness: the mean absolute difference between a map's sum and the logit gained over a black image, as a
    /// share of the mean gain; 0 where the integral is exact.</summary>
    /// <param name="network">The network explained.</param>
    /// <param name="set">The images.</param>
    /// <param name="targets">The classes explained.</param>
    /// <param name="maps">float32 (N, H, W), signed, of <see cref="AttributionMethod.ExplainSet"/>.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public static double CompletenessGap(Classifier network, Data.ImageSet set, long[] targets, Tensor maps, RunContext run)
    {
        using var scope = NewDisposeScope();
        var classes = tensor(targets).unsqueeze(1);
        var black = Predictor.Logits(network, zeros(1, set.Shape.Channels, set.Shape.Height, set.Shape.Width), run);
        var gained = Predictor.Logits(network, set, run).gather(1, classes) - black.expand(set.Count, -1).gather(1, classes);
        var gap = (maps.sum([1, 2]) - gained.squeeze(1)).abs().mean().item<float>();
        return gap / Math.Max(double.Epsilon, gained.abs().mean().item<float>());
    }
}
