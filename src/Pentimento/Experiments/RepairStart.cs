namespace Pentimento.Experiments;

/// <summary>What a repair's methods begin with.</summary>
public enum RepairStart
{
    /// <summary>The weights of the network that is repaired.</summary>
    Weights,

    /// <summary>New weights, for the same architecture.</summary>
    Scratch,
}
