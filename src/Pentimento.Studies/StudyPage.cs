using Pentimento.Experiments;
using Pentimento.Reports.Documents;
using Pentimento.Studies.Pages;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies;

/// <summary>The page of a finished study; its figures were drawn as its chapters were measured.</summary>
internal static class StudyPage
{
    /// <summary>Writes the page beside its figures.</summary>
    /// <param name="folder">The study's run.</param>
    /// <param name="format">HTML or Markdown.</param>
    /// <returns>The path of <c>report.html</c> or <c>report.md</c>.</returns>
    /// <exception cref="BadInputException">The study is not finished, or its files are not whole.</exception>
    public static string Write(RunFolder folder, PageFormat format = PageFormat.Html) =>
        format.Write(folder.At("report"), Html(StudyRun.Read(folder), new(folder)));

    /// <summary>The page as HTML.</summary>
    /// <param name="study">The study.</param>
    /// <param name="files">The files that its chapters have drawn.</param>
    public static string Html(Study study, FigureFiles files) => Rendering.Html<StudyDocument>(new() { ["Study"] = study, ["Files"] = files });
}
