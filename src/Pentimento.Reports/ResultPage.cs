using Pentimento.Operations;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Pages;

namespace Pentimento.Reports;

/// <summary>A page of the results of operations, in the order in which they were asked for.</summary>
public sealed class ResultPage
{
    private readonly string title;
    private readonly IReadOnlyList<object> results;

    internal ResultPage(string title, IReadOnlyList<object> results) => (this.title, this.results) = (title, results);

    /// <summary>Writes the page, one HTML file that needs no other.</summary>
    /// <param name="file">A path that ends in <c>.html</c>.</param>
    /// <exception cref="BadInputException">The path has another ending.</exception>
    public void Save(string file)
    {
        Require.That(Path.GetExtension(file).Equals(".html", StringComparison.OrdinalIgnoreCase), $"A page is an .html file; got {file}.");
        SafeFile.Write(Path.GetFullPath(file), Rendering.Html<ResultDocument>(new() { ["Title"] = title, ["Results"] = results }));
    }
}

/// <summary>Pages for those who use the library.</summary>
public static class SessionReport
{
    /// <summary>Puts results on one page.</summary>
    /// <param name="session">The session that computed them.</param>
    /// <param name="results">Results of operations, such as an <see cref="AuditResult"/>.</param>
    public static ResultPage Report(this Session session, params IReadOnlyList<object> results) => new("What the network looked at", results);
}
