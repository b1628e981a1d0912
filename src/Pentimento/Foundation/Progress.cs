namespace Pentimento.Foundation;

/// <summary>One report of progress.</summary>
/// <param name="Stage">The name of the stage, as users read it.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Note">A metric of the work so far, such as the loss.</param>
public readonly record struct Progress(string Stage, long Done, long Total, string Note = "")
{
    /// <summary>How much of all stages together is done, 0..1; null where only the stage is known.</summary>
    internal double? Whole { get; init; }

    /// <summary>Whether the stage's name is a message that is to stay in view, such as a job's number.</summary>
    internal bool Stays { get; init; }
}
