namespace Pentimento.Reports.Figures;

/// <summary>A place of a plot that tells its numbers to whom points at it.</summary>
/// <param name="X">Where on the lower axis.</param>
/// <param name="Y">Where on the left axis.</param>
/// <param name="Words">What it tells.</param>
public sealed record Mark(double X, double Y, string Words);
