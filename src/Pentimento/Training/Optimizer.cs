using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Scalar = TorchSharp.Scalar;

namespace Pentimento.Training;

/// <summary>An optimizer: how weights are updated from gradients.</summary>
[Family("optimizers")]
public abstract record Optimizer
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Optimizer(string spec) => Catalog.Read<Optimizer>(spec);

    /// <summary>The peak learning rate; the schedule scales it.</summary>
    public abstract double Rate { get; }

    /// <summary>Creates the optimizer's state for these parameters; the caller disposes it.</summary>
    internal abstract OptimizerState Begin(IEnumerable<Parameter> parameters);
}

/// <summary>Adam: gradient descent with adaptive moments.</summary>
/// <remarks>Kingma and Ba, 2015, "Adam: a method for stochastic optimization", arXiv:1412.6980.</remarks>
/// <param name="LearningRate">α, the learning rate, about the largest step of a weight.</param>
/// <param name="WeightDecay">L2 penalty added to the gradient.</param>
internal sealed record Adam(
    [Range(0.0, 10.0, MinimumIsExclusive = true)] double LearningRate = 1e-3,
    [Range(0.0, 10.0)] double WeightDecay = 0) : Optimizer
{
    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    internal override OptimizerState Begin(IEnumerable<Parameter> parameters) =>
        new AdamState(parameters, LearningRate, penalty: WeightDecay, shrinkage: 0);
}

/// <summary>AdamW: Adam with weight decay decoupled from the gradient.</summary>
/// <remarks>Loshchilov and Hutter, 2019, "Decoupled weight decay regularization", arXiv:1711.05101.</remarks>
/// <param name="LearningRate">α, the learning rate, about the largest step of a weight.</param>
/// <param name="WeightDecay">λ, the share of a weight lost per unit of learning rate.</param>
internal sealed record AdamW(
    [Range(0.0, 10.0, MinimumIsExclusive = true)] double LearningRate = 1e-3,
    [Range(0.0, 10.0)] double WeightDecay = 1e-2) : Optimizer
{
    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    internal override OptimizerState Begin(IEnumerable<Parameter> parameters) =>
        new AdamState(parameters, LearningRate, penalty: 0, shrinkage: WeightDecay);
}

/// <summary>Stochastic gradient descent with momentum.</summary>
/// <remarks>Robbins and Monro, 1951, "A stochastic approximation method"; Polyak, 1964, for the momentum.</remarks>
/// <param name="LearningRate">The learning rate, the step per unit of gradient.</param>
/// <param name="Momentum">The momentum factor, the share of the last step that is kept.</param>
/// <param name="WeightDecay">L2 penalty added to the gradient.</param>
internal sealed record Sgd(
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double LearningRate = 1e-2,
    [Range(0.0, 1.0)] double Momentum = 0.9,
    [Range(0.0, 10.0)] double WeightDecay = 0) : Optimizer
{
    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    internal override OptimizerState Begin(IEnumerable<Parameter> parameters) => new MomentumState(parameters, this);

    private sealed class MomentumState(IEnumerable<Parameter> parameters, Sgd settings)
        : OptimizerState(parameters, settings.LearningRate, moments: 1)
    {
        protected override Tensor Update(Tensor gradient, Func<Tensor> weights)
        {
            using Scalar momentum = settings.Momentum, decay = settings.WeightDecay, step = -Rate;
            if (settings.WeightDecay > 0) gradient.add_(weights(), decay);
            return Moments[0].mul_(momentum).add_(gradient).mul(step);
        }
    }
}

/// <summary>The state of Adam and AdamW, with β = 0.9, 0.999 and ε = 1e-8.</summary>
/// <param name="parameters">The parameters to optimize.</param>
/// <param name="rate">The first learning rate.</param>
/// <param name="penalty">L2 penalty, the share of each weight that is added to its gradient.</param>
/// <param name="shrinkage">Decoupled weight decay, the share of each weight lost per unit of learning rate.</param>
internal sealed class AdamState(IEnumerable<Parameter> parameters, double rate, double penalty, double shrinkage)
    : OptimizerState(parameters, rate, moments: 2)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;

    protected override Tensor Update(Tensor gradient, Func<Tensor> weights)
    {
        using Scalar beta1 = Beta1, beta2 = Beta2, new1 = 1 - Beta1, new2 = 1 - Beta2, epsilon = 1e-8, decay = penalty, shrink = -Rate * shrinkage;
        // Both moments begin at 0 and are corrected for it.
        using Scalar step = -Rate / (1 - Math.Pow(Beta1, Steps)), correction = Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        if (penalty > 0) gradient.add_(weights(), decay);
        Moments[0].mul_(beta1).add_(gradient, new1);
        Moments[1].mul_(beta2).addcmul_(gradient, gradient, new2);
        var change = Moments[0].div(Moments[1].sqrt().div_(correction).add_(epsilon)).mul_(step);
        return shrinkage > 0 ? change.add_(weights(), shrink) : change;
    }
}
