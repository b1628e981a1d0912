namespace Pentimento.Lab.Jobs;

/// <summary>A figure of a job's stage as it went: how much was done, and what the figure was then.</summary>
/// <param name="Name">The stage and the figure, as in <c>train, loss</c>.</param>
/// <param name="Points">How much of the stage was done, 0..1, and the figure.</param>
internal sealed record JobCurve(string Name, IReadOnlyList<double[]> Points);
