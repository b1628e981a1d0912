namespace Pentimento.Evaluation;

/// <summary>What a test for a shortcut found.</summary>
public enum Finding
{
    /// <summary>The network relies on the cue, by more than a control and the margin explain.</summary>
    Shortcut,

    /// <summary>What the cue does beyond the control lies within the margin.</summary>
    None,

    /// <summary>The evidence does not tell one from the other, or the test does not apply.</summary>
    Undecided,
}
