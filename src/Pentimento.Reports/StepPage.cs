using Pentimento.Checks;
using Pentimento.Operations;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Drawings;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pages;

namespace Pentimento.Reports;

/// <summary>The page of one operation's result: the one made for it, or its verdict, its pictures and its numbers.</summary>
internal static class StepPage
{
    /// <summary>The page's name in the folder of a step.</summary>
    public const string File = "page.html";

    // A page holds its pictures; what is larger lies beside it.
    private const long LargestPicture = 3_000_000;

    /// <summary>Draws what the operation asks for, and writes the page.</summary>
    /// <param name="operation">What was done.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="folder">The step's folder.</param>
    public static void Write(Operation operation, object result, string folder)
    {
        Drawing.Draw(operation, result);
        SafeFile.Write(Path.Combine(folder, File), Html(operation, result, folder));
    }

    /// <summary>The pictures in a folder, by the names of their files.</summary>
    public static IReadOnlyList<(string Name, string Address)> Pictures(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*.png").Where(file => new FileInfo(file).Length <= LargestPicture).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), new FigureFile("png", System.IO.File.ReadAllBytes(file)).DataUri)),
    ];

    private static string Html(Operation operation, object result, string folder) => (operation, result) switch
    {
        (Discover discover, DiscoverResult found) => Rendering.Html<DiscoverDocument>(new() { ["Operation"] = discover, ["Result"] = found }),
        (_, CheckResult check) => Rendering.Html<CheckDocument>(new() { ["Result"] = check }),
        _ => Rendering.Html<ResultDocument>(new()
        {
            ["Title"] = $"{new Foundation.Configuration.Member(operation.GetType()).Name}: what was found",
            ["Results"] = new[] { result },
            ["Pictures"] = Pictures(folder),
        }),
    };
}
