using System.ComponentModel.DataAnnotations;
using TorchSharp;
using TorchSharp.Modules;

namespace Pentimento.Training;

/// <summary>How weights follow the gradient.</summary>
[Family("optimizers")]
public abstract record Optimizer
{
    /// <summary>The peak of the learning rate; the schedule scales it.</summary>
    public abstract double Rate { get; }

    /// <summary>Starts an optimiser over these parameters; the caller disposes it.</summary>
    public abstract torch.optim.Optimizer Begin(IEnumerable<Parameter> parameters);
}

/// <summary>Adam.</summary>
/// <remarks>Kingma and Ba, 2015, "Adam: a method for stochastic optimization", arXiv:1412.6980.</remarks>
/// <param name="LearningRate">α, the largest step of a weight.</param>
/// <param name="WeightDecay">L2 penalty added to the gradient.</param>
public sealed record Adam(
    [Range(0.0, 10.0, MinimumIsExclusive = true)] double LearningRate = 1e-3,
    [Range(0.0, 10.0)] double WeightDecay = 0) : Optimizer
{
    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    public override torch.optim.Optimizer Begin(IEnumerable<Parameter> parameters) => torch.optim.Adam(parameters, LearningRate, weight_decay: WeightDecay);
}

/// <summary>Adam whose weight decay shrinks the weights themselves, apart from the gradient.</summary>
/// <remarks>Loshchilov and Hutter, 2019, "Decoupled weight decay regularization", arXiv:1711.05101.</remarks>
/// <param name="LearningRate">α, the largest step of a weight.</param>
/// <param name="WeightDecay">λ, the share of a weight lost per unit of learning rate.</param>
public sealed record AdamW(
    [Range(0.0, 10.0, MinimumIsExclusive = true)] double LearningRate = 1e-3,
    [Range(0.0, 10.0)] double WeightDecay = 1e-2) : Optimizer
{
    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    public override torch.optim.Optimizer Begin(IEnumerable<Parameter> parameters) => torch.optim.AdamW(parameters, LearningRate, weight_decay: WeightDecay);
}

/// <summary>Stochastic gradient descent with momentum.</summary>
/// <remarks>Robbins and Monro, 1951, "A stochastic approximation method"; Polyak, 1964, for the momentum.</remarks>
/// <param name="LearningRate">The step per unit of gradient.</param>
/// <param name="Momentum">The share of the last step that is kept.</param>
/// <param name="WeightDecay">L2 penalty added to the gradient.</param>
public sealed record Sgd(
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double LearningRate = 1e-2,
    [Range(0.0, 1.0)] double Momentum = 0.9,
    [Range(0.0, 10.0)] double WeightDecay = 0) : Optimizer
{
    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    public override torch.optim.Optimizer Begin(IEnumerable<Parameter> parameters) =>
        torch.optim.SGD(parameters, LearningRate, momentum: Momentum, weight_decay: WeightDecay);
}
