namespace Pentimento.Probing;

/// <summary>What a channel is to its network.</summary>
public enum Role
{
    /// <summary>It tells neither colour nor digit.</summary>
    None,

    /// <summary>It answers every image alike.</summary>
    Dead,

    /// <summary>It tells the colour, and little of the digit where there is no colour to tell.</summary>
    Traitor,

    /// <summary>It tells the digit, with or without colour, and little of the colour.</summary>
    Hero,

    /// <summary>It tells both, neither much more than the other.</summary>
    Both,
}
