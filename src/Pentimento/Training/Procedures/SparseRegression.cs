using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Multinomial logistic regression on standardized features with an L1 penalty on its weights.</summary>
/// <remarks>Beck and Teboulle, 2009, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems" (FISTA), with the step
/// that the loss's curvature allows.</remarks>
/// <param name="classes">Number of classes.</param>
internal sealed class SparseRegression(int classes)
{
    private const int Iterations = 500;
    private const int PowerIterations = 30;
    // The authors' strengths, in scikit-learn's convention: the inverse penalty on a sum of losses.
    private static readonly double[] Inverses = [1, 0.7, 0.3, 0.1, 0.07, 0.03, 0.01];

    /// <summary>The penalties among which cross-validation chooses, for a mean over this many images.</summary>
    public static IEnumerable<double> Strengths(int images) => Inverses.Select(inverse => 1 / (inverse * images));

    /// <summary>Fits the model: weight (K, F) and bias (K) for features as they are, not standardized.</summary>
    /// <param name="features">float32 (N, F).</param>
    /// <param name="labels">int64 (N).</param>
    /// <param name="shares">float32 (N), sample weights that sum to 1.</param>
    /// <param name="penalty">The weight of the sum of absolute weights.</param>
    public (Tensor Weight, Tensor Bias) Fit(Tensor features, Tensor labels, Tensor shares, double penalty)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var share = shares.unsqueeze(1);
        var mean = (features * share).sum([0]);
        var deviation = ((features - mean).square() * share).sum([0]).sqrt();
        // A constant feature has no information; it keeps weight 0.
        var scale = where(deviation.gt(1e-6), 1 / deviation.clamp(min: 1e-6), zeros_like(deviation));
        var rows = cat([(features - mean) * scale, ones(features.shape[0], 1)], 1);
        var weight = Minimize(rows, nn.functional.one_hot(labels, classes).to_type(float32), share, penalty);
        var (slope, intercept) = (weight.slice(1, 0, features.shape[1], 1) * scale, weight.select(1, weight.shape[1] - 1));
        return (slope.MoveToOuterDisposeScope(), (intercept - slope.mv(mean)).MoveToOuterDisposeScope());
    }

    private static Tensor Minimize(Tensor rows, Tensor targets, Tensor share, double penalty)
    {
        // The Hessian of the multinomial loss is at most half of the rows' second moment (Böhning, 1992).
        var step = 2 / LargestEigenvalue(rows, share);
        // The bias, in the last column, is not shrunk.
        var shrink = cat([full(rows.shape[1] - 1, penalty * step), zeros(1)]).to_type(float32);
        var weight = zeros(targets.shape[1], rows.shape[1]);
        var (ahead, momentum) = (weight.alias(), 1.0);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            using var inner = NewDisposeScope();
            var residual = nn.functional.softmax(rows.mm(ahead.t()), 1) - targets;
            var moved = ahead - (step * (residual * share).t().mm(rows));
            var next = moved.sign() * (moved.abs() - shrink).clamp(min: 0);
            var grown = (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            ahead = (next + ((momentum - 1) / grown * (next - weight))).MoveToOuterDisposeScope();
            (weight, momentum) = (next.MoveToOuterDisposeScope(), grown);
        }

        return weight;
    }

    private static double LargestEigenvalue(Tensor rows, Tensor share)
    {
        var moment = rows.t().mm(rows * share);
        var direction = ones(moment.shape[0], 1);
        for (var turn = 0; turn < PowerIterations; turn++) direction = nn.functional.normalize(moment.mm(direction), dim: 0);
        // A little more than found: the iteration comes from below.
        return 1.05 * moment.mm(direction).norm().item<float>();
    }
}
