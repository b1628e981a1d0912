namespace Pentimento.Probing;

/// <summary>How a channel's map becomes the one number that is probed.</summary>
public enum MapPooling
{
    /// <summary>The mean over all places.</summary>
    Mean,

    /// <summary>The greatest of all places.</summary>
    Maximum,

    /// <summary>The mean of the strongest places.</summary>
    Strongest,
}
