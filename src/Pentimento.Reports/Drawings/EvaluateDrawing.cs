using Pentimento.Operations;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>The accuracy of each group as bars.</summary>
internal sealed class EvaluateDrawing : Drawing<Evaluate, EvaluateResult>
{
    /// <inheritdoc/>
    protected override void Draw(Evaluate operation, EvaluateResult result)
    {
        if (operation.Out is { } file) Write(file, new GroupBars(result.Evaluations).Png());
    }
}
