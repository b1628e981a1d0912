namespace Pentimento.Probing;

/// <summary>The pooling of a channel's map to the one number that is probed.</summary>
public enum MapPooling
{
    /// <summary>The mean over all positions.</summary>
    Mean,

    /// <summary>The maximum over all positions.</summary>
    Maximum,

    /// <summary>The mean of the strongest positions.</summary>
    Strongest,
}
