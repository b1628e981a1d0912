namespace Pentimento.Attacks;

/// <summary>The norm in which perturbations are measured.</summary>
internal enum Norm
{
    /// <summary>L∞: the largest absolute change of any value.</summary>
    Linf,

    /// <summary>L2: the square root of the sum of all squared changes.</summary>
    L2,
}
