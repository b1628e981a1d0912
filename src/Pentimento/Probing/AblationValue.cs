namespace Pentimento.Probing;

/// <summary>What a silenced channel answers.</summary>
public enum AblationValue
{
    /// <summary>Nothing: 0 everywhere.</summary>
    Zero,

    /// <summary>Always the same: its mean.</summary>
    Mean,
}
