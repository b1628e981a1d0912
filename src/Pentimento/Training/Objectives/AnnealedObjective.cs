using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>The mean risk plus a penalty on how environments differ, whose weight rises after a warm-up.</summary>
internal abstract record AnnealedObjective : Objective
{
    /// <summary>The penalty's weight once warm-up is over.</summary>
    public abstract double Weight { get; init; }

    /// <summary>Number of warm-up steps.</summary>
    public abstract int WarmUp { get; init; }

    /// <summary>The penalty's weight during warm-up.</summary>
    public abstract double Early { get; init; }

    /// <summary>The treatment of the jump of the gradient when warm-up is over.</summary>
    public abstract Softening Softening { get; init; }

    /// <inheritdoc/>
    public sealed override Supervision RequiredSupervision => Supervision.Environments;

    /// <summary>Whether the optimizer's moments are reset before a step.</summary>
    public bool ResetsOptimizer(int step) => Softening == Softening.ResetMoments && step == WarmUp && step > 0;

    /// <summary>Risk and weighted penalty of one step.</summary>
    protected internal ObjectiveLoss Sum(Tensor risk, Tensor penalty, int step)
    {
        var weight = step < WarmUp ? Early : Weight;
        var divisor = Softening == Softening.DivideLoss ? Math.Max(1, weight) : 1;
        return new((risk + (weight * penalty)) / divisor, penalty, divisor);
    }
}

/// <summary>The treatment of the jump of the gradient when a penalty's warm-up is over.</summary>
internal enum Softening
{
    /// <summary>The whole loss is divided by the penalty's weight where that is above 1, as in the IRM authors' script.</summary>
    DivideLoss,

    /// <summary>The optimizer's moments are reset, as in DomainBed.</summary>
    ResetMoments,

    /// <summary>None.</summary>
    Nothing,
}
