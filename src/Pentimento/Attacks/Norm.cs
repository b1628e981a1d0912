namespace Pentimento.Attacks;

/// <summary>How the size of a change is measured.</summary>
public enum Norm
{
    /// <summary>The largest change of any value.</summary>
    Linf,

    /// <summary>The square root of the sum of all squared changes.</summary>
    L2,
}
