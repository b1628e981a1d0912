namespace Pentimento.Probing;

/// <summary>The activation of an ablated channel.</summary>
public enum AblationValue
{
    /// <summary>0 everywhere.</summary>
    Zero,

    /// <summary>Its mean.</summary>
    Mean,
}
