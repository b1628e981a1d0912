namespace Pentimento.Evaluation;

/// <summary>The effect that a verdict's own is compared with: the same measurement where there is no class to follow.</summary>
/// <param name="Kind">What was done instead, in words.</param>
/// <param name="Value">The effect, in the units of the one that it is compared with.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Count">The number of images behind it.</param>
public sealed record Control(string Kind, double Value, double Low, double High, int Count)
{
    /// <summary>The estimate with its interval.</summary>
    internal ConfidenceInterval Interval => new(Value, Low, High);
}
