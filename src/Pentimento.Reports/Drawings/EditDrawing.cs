using Pentimento.Operations;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>What ablation costs and gains beside baselines, and what steering changes.</summary>
internal sealed class EditDrawing : Drawing<Edit, EditResult>
{
    /// <inheritdoc/>
    protected override void Draw(Edit operation, EditResult result)
    {
        if (operation.Curve is { } curve) Write(curve, new CollateralFigure(result.Curve!).Png());
        if (operation.Steering is { } steering) Write(steering, new SteeringFigure(result.Steering).Png());
    }
}
