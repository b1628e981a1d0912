using Pentimento.Operations;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Pages;

namespace Pentimento.Reports.Drawings;

/// <summary>The page of suspects and slices.</summary>
internal sealed class DiscoverDrawing : Drawing<Discover, DiscoverResult>
{
    /// <inheritdoc/>
    protected override void Draw(Discover operation, DiscoverResult result)
    {
        if (operation.Out is not { } file) return;
        var page = Rendering.Html<DiscoverDocument>(new() { ["Operation"] = operation, ["Result"] = result });
        SafeFile.Write(Path.GetFullPath(file), page);
    }
}
