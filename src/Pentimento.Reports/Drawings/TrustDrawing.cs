using Pentimento.Operations;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports.Drawings;

/// <summary>Four panels of sanity checks for each network.</summary>
internal sealed class TrustDrawing : Drawing<Trust, TrustResult>
{
    /// <inheritdoc/>
    protected override void Draw(Trust operation, TrustResult result)
    {
        if (operation.Out is { } file) Write(file, new SanityCheckSheet("trust", result.Networks, result.Verdicts).Draw());
    }
}
