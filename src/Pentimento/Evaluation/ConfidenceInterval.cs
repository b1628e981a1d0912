namespace Pentimento.Evaluation;

/// <summary>An estimate with its 95% bootstrap confidence interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public sealed record ConfidenceInterval(double Value, double Low, double High);
