namespace Pentimento.Probing;

/// <summary>The value that an ablated channel or feature takes.</summary>
public enum AblationValue
{
    /// <summary>Zero.</summary>
    Zero,

    /// <summary>Its mean over the images.</summary>
    Mean,
}
