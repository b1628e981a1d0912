namespace Pentimento.Reports.Figures;

/// <summary>A place of a plot that shows its numbers when it is pointed at.</summary>
/// <param name="X">Where on the lower axis.</param>
/// <param name="Y">Where on the left axis.</param>
/// <param name="Text">What it shows.</param>
public sealed record Mark(double X, double Y, string Text);
