using Pentimento.Checks;
using Pentimento.Reports.Checks;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Pages;

namespace Pentimento.Reports.Drawings;

/// <summary>The files of a check: JUnit, Markdown, SARIF, and the page with the images that broke each requirement.</summary>
internal sealed class CheckDrawing : Drawing<CheckRequirements, CheckResult>
{
    /// <inheritdoc/>
    protected override void Draw(CheckRequirements operation, CheckResult result)
    {
        Write(operation.Junit, () => JUnitFile.Text(result));
        Write(operation.Markdown, () => MarkdownFile.Text(result));
        Write(operation.Sarif, () => SarifFile.Text(result));
        Write(operation.Out, () => Rendering.Html<CheckDocument>(new() { ["Result"] = result, ["Operation"] = operation }));
    }

    private static void Write(string? file, Func<string> text)
    {
        if (file is not null) SafeFile.Write(Path.GetFullPath(file), text());
    }
}
