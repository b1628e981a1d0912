namespace Pentimento.Experiments;

/// <summary>How a network does on held-out images. Fractions are of 1.</summary>
/// <param name="All">Its accuracy on all of them.</param>
/// <param name="BiasConflicting">Its accuracy on those that contradict the shortcut, or on the worst class where there are none.</param>
public readonly record struct HeldOutScore(double All, double BiasConflicting)
{
    /// <summary>The standard error of the accuracy on all of them, from the choice of images.</summary>
    public double AllError { get; init; }

    /// <summary>The standard error of the accuracy on those that contradict the shortcut; 0 where there are none.</summary>
    public double BiasConflictingError { get; init; }

    /// <summary>The lower of both.</summary>
    internal double Lower => Math.Min(All, BiasConflicting);
}
