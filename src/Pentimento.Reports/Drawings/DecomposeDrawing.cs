using Pentimento.Evaluation;
using Pentimento.Operations;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Style;

namespace Pentimento.Reports.Drawings;

/// <summary>The training curves of an autoencoder.</summary>
internal sealed class DecomposeDrawing : Drawing<Decompose, DecomposeResult>
{
    // A logarithmic axis has no zero.
    private const double LeastShown = 1e-4;

    /// <inheritdoc/>
    protected override void Draw(Decompose operation, DecomposeResult result)
    {
        if (operation.Picture is not { } file) return;
        var last = result.History[^1];
        var alt =
            $"By epoch the variance unexplained and the share of dead features; at the end {Numbers.Percent(last.Fvu)} and"
            + $" {Numbers.Percent(last.Dead)}, with {last.L0:0.0} active features of a row.";
        var curves = new Curves(
            "decompose",
            alt,
            "share, logarithmic",
            [
                new("unexplained", PlotColors.Repaired, [.. result.History.Select(epoch => epoch.Fvu)]),
                new("dead features", PlotColors.Lazy, [.. result.History.Select(epoch => Math.Max(epoch.Dead, LeastShown))]),
            ],
            Scale.Decades);
        Write(file, curves.Png());
    }
}
