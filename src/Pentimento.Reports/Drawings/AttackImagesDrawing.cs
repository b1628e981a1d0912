using Pentimento.Attacks;
using Pentimento.Operations;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>Images before and after an attack, the perturbation, the gradients and Grad-CAM.</summary>
internal sealed class AttackImagesDrawing : Drawing<AttackImages, AttackResult>
{
    /// <inheritdoc/>
    protected override void Draw(AttackImages operation, AttackResult result)
    {
        if (operation.Out is { } file && result.Samples is { } samples) Write(file, AttackTables.Whole(samples).Draw());
    }
}
