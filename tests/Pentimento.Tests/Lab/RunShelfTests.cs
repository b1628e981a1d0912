using Pentimento.Lab.Runs;

namespace Pentimento.Tests.Lab;

/// <summary>The finished runs near a lab.</summary>
public sealed class RunShelfTests
{
    [Fact]
    public void Finished_runs_beside_the_labs_folder_and_of_its_jobs_are_found()
    {
        using var scratch = new Scratch();
        foreach (var file in new[]
        {
            "first/manifest.json", "first/report.html", "first/models/lazy.safetensors", "second/manifest.json", "second/page.html",
            "unfinished/recipe.yaml", "lab/runs/repair-3/manifest.json",
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratch.At(file))!);
            scratch.Write(file, "{}");
        }

        var shelf = new RunShelf(scratch.At("lab"));

        Assert.Equal(
            [("first", "report.html", true), ("lab/runs/repair-3", null, false), ("second", "page.html", false)],
            shelf.All.OrderBy(run => run.Name, StringComparer.Ordinal).Select(run => (run.Name, run.Page, run.IsComparable)));
        Assert.Equal(scratch.At("first"), shelf.Find("first").Folder);
        Assert.Contains("There is no run '../second' here", Assert.Throws<BadInputException>(() => shelf.Find("../second")).Message);
    }
}
