namespace Pentimento.Probing;

/// <summary>The role of a channel, by the information in its activations.</summary>
internal enum Role
{
    /// <summary>No significant information on color or digit.</summary>
    None,

    /// <summary>The same activation for every image.</summary>
    Dead,

    /// <summary>Information on the color, and little on the digit where there is no color.</summary>
    Traitor,

    /// <summary>Information on the digit, with or without color, and little on the color.</summary>
    Hero,

    /// <summary>Information on both, neither much more than the other.</summary>
    Both,
}
