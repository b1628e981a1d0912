using Pentimento.Checks;
using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pages;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Drawings;

/// <summary>The page of one operation's result: the one made for it, or its verdict, its pictures and its numbers.</summary>
internal static class StepPage
{
    /// <summary>Of a run of more steps than these nobody reads each one's page; they have their results alone.</summary>
    public const int MostSteps = 200;

    // Of painted images the first few, of a few sets.
    private const int MostSheets = 4;
    private const int Shown = 100;

    /// <summary>What draws each step of a run, or null where there are too many.</summary>
    /// <param name="steps">How many steps the run has.</param>
    public static Action<Operation, object, string>? For(int steps) => steps <= MostSteps ? Write : null;

    /// <summary>Draws what the operation asks for, and writes the page.</summary>
    /// <param name="operation">What was done.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="folder">The step's folder.</param>
    public static void Write(Operation operation, object result, string folder)
    {
        Drawing.Draw(operation, result);
        SafeFile.Write(Path.Combine(folder, StepFiles.Page), Html(operation, result, folder));
    }

    private static string Html(Operation operation, object result, string folder) => (operation, result) switch
    {
        (Discover discover, DiscoverResult found) => Rendering.Html<DiscoverDocument>(new() { ["Operation"] = discover, ["Result"] = found }),
        (CheckRequirements asked, CheckResult check) => Rendering.Html<CheckDocument>(new() { ["Result"] = check, ["Operation"] = asked }),
        _ => Rendering.Html<ResultDocument>(new()
        {
            ["Title"] = $"{new Foundation.Configuration.Member(operation.GetType()).Name}: what was found",
            ["Results"] = new[] { result },
            ["Pictures"] = (IReadOnlyList<(string, string)>)[.. Sheet(result), .. StepFiles.Pictures(folder)],
            ["Again"] = new[] { CommandText.Of(operation) },
        }),
    };

    /// <summary>What stands before the pictures of the step's folder: the sheet that lies among visualizations, the first of painted
    /// images.</summary>
    private static IEnumerable<(string Name, string Address)> Sheet(object result) => result switch
    {
        VisualizeResult { Sheet: var sheet } when File.Exists(sheet) => [StepFiles.Picture(sheet)],
        BuildResult { Datasets: var painted } => painted.Take(MostSheets).Where(one => one.Test > 0).Select(Sheet),
        _ => [],
    };

    private static (string Name, string Address) Sheet(BuiltDataset painted)
    {
        var set = new DataLibrary("", 1).Find(painted.Folder, Split.Test, Shown, RunContext.OnCpu());
        return (painted.Name, $"data:image/png;base64,{Convert.ToBase64String(new ContactSheet(set.Called(painted.Name)).Draw())}");
    }
}
