using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Training;

/// <summary>A learning-rate schedule.</summary>
[Family("schedules")]
public abstract record Schedule
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Schedule(string spec) => Catalog.Read<Schedule>(spec);

    /// <summary>The learning rate at a point of the training, as a share of the peak.</summary>
    /// <param name="progress">0 at the first step, 1 at the last.</param>
    public abstract double At(double progress);
}

/// <summary>A constant learning rate.</summary>
/// <remarks>The default of PyTorch's optimisers.</remarks>
internal sealed record Constant : Schedule
{
    /// <inheritdoc/>
    public override double At(double progress) => 1;
}

/// <summary>Cosine annealing: the learning rate falls from the peak along a half cosine.</summary>
/// <remarks>Loshchilov and Hutter, 2017, "SGDR: stochastic gradient descent with warm restarts", arXiv:1608.03983, without restarts.</remarks>
/// <param name="End">The last rate, as a share of the peak.</param>
internal sealed record Cosine([Range(0.0, 1.0)] double End = 0) : Schedule
{
    /// <inheritdoc/>
    public override double At(double progress) => End + ((1 - End) * (1 + Math.Cos(Math.PI * progress)) / 2);
}

/// <summary>Step decay: the learning rate is multiplied by a factor each time that a part of the training is over.</summary>
/// <remarks>He, Zhang, Ren and Sun, 2016, "Deep residual learning for image recognition", arXiv:1512.03385, section 3.4; PyTorch's StepLR.</remarks>
/// <param name="Every">The part of the training after which the rate falls, again and again.</param>
/// <param name="Factor">What the rate is multiplied with.</param>
internal sealed record StepDecay(
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Every = 0.25,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Factor = 0.1) : Schedule
{
    /// <inheritdoc/>
    public override double At(double progress) =>
        // The last step belongs to the last part, and a part's end is not lost to rounding.
        Math.Pow(Factor, Math.Floor(Math.Min(progress, 1 - 1e-9) / Every));
}

/// <summary>The 1cycle policy: the learning rate rises along a half cosine to the peak, then falls along another to almost nothing.</summary>
/// <remarks>Smith and Topin, 2019, "Super-convergence", arXiv:1708.07120, in the two-phase form of PyTorch's OneCycleLR; momentum is left
/// alone.</remarks>
/// <param name="Rise">The share of steps before the peak.</param>
/// <param name="Start">The first rate, as a share of the peak.</param>
/// <param name="End">The last rate, as a share of the first.</param>
internal sealed record OneCycle(
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double Rise = 0.3,
    [Range(0.0, 1.0)] double Start = 1 / 25.0,
    [Range(0.0, 1.0)] double End = 1e-4) : Schedule
{
    /// <inheritdoc/>
    public override double At(double progress) => progress < Rise
        ? Between(Start, 1, progress / Rise)
        : Between(1, Start * End, (progress - Rise) / (1 - Rise));

    private static double Between(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);
}
