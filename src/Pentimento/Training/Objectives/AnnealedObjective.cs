using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>A mean risk with a penalty on how environments differ, light until a step and heavy from then on.</summary>
public abstract record AnnealedObjective : Objective
{
    /// <summary>How much the penalty weighs once warm-up is over.</summary>
    public abstract double Weight { get; init; }

    /// <summary>Steps of warm-up.</summary>
    public abstract int WarmUp { get; init; }

    /// <summary>How much the penalty weighs during warm-up.</summary>
    public abstract double Early { get; init; }

    /// <summary>What softens the jump of the gradient when warm-up is over.</summary>
    public abstract Softening Softening { get; init; }

    /// <inheritdoc/>
    public sealed override Supervision Needs => Supervision.Environments;

    /// <summary>Whether the optimiser forgets its moments before a step.</summary>
    public bool StartsAnew(int step) => Softening == Softening.ResetMoments && step == WarmUp && step > 0;

    /// <summary>Risk and weighted penalty of one step.</summary>
    protected internal Loss Sum(Tensor risk, Tensor penalty, int step)
    {
        var weight = step < WarmUp ? Early : Weight;
        var divisor = Softening == Softening.DivideLoss ? Math.Max(1, weight) : 1;
        return new((risk + (weight * penalty)) / divisor, penalty, divisor);
    }
}

/// <summary>What softens the jump of the gradient when a penalty's warm-up is over.</summary>
public enum Softening
{
    /// <summary>The whole loss is divided by the penalty's weight where that is above 1, as in the IRM authors' script.</summary>
    DivideLoss,

    /// <summary>The optimiser forgets its moments, as in DomainBed.</summary>
    ResetMoments,

    /// <summary>Nothing does.</summary>
    Nothing,
}
