namespace Pentimento.Foundation;

/// <summary>One report of progress.</summary>
/// <param name="Stage">What is being done, in the user's words.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Note">What can be said of the work so far, e.g. a loss.</param>
public readonly record struct Progress(string Stage, long Done, long Total, string Note = "");
