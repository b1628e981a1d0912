using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>The loss of one step and the penalty in it, which is logged on its own.</summary>
/// <param name="value">The loss, a scalar with gradient.</param>
/// <param name="penalty">The unweighted penalty, or null where the objective has none.</param>
/// <param name="divisor">The number by which the whole loss was divided, so that the trainer's own terms can be divided alike.</param>
internal readonly struct ObjectiveLoss(Tensor value, Tensor? penalty = null, double divisor = 1)
{
    /// <summary>The loss, a scalar with gradient.</summary>
    public Tensor Value { get; } = value;

    /// <summary>The unweighted penalty, or null where the objective has none.</summary>
    public Tensor? Penalty { get; } = penalty;

    /// <summary>The number by which the whole loss was divided.</summary>
    public double Divisor { get; } = divisor;
}
