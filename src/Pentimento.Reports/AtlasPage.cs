using Pentimento.Reports.Atlases;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Pages;

namespace Pentimento.Reports;

/// <summary>The page of an atlas of neurons.</summary>
internal static class AtlasPage
{
    /// <summary>The page as HTML: one file that needs no other.</summary>
    /// <param name="atlas">The neurons.</param>
    public static string Html(Atlas atlas) => Rendering.Html<AtlasDocument>(new() { ["Atlas"] = atlas });
}
