using Pentimento.Operations;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>The matrix of features and logits.</summary>
internal sealed class FeaturesDrawing : Drawing<Features, FeaturesResult>
{
    /// <inheritdoc/>
    protected override void Draw(Features operation, FeaturesResult result)
    {
        if (operation.Picture is { } file) Write(file, new LogitMatrix(result.Attribution).Png());
    }
}
