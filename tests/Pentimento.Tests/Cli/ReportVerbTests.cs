namespace Pentimento.Tests.Cli;

/// <summary>Pages of a run that was kept for the tests of the page.</summary>
public sealed class ReportVerbTests
{
    [Fact]
    public void One_run_is_told_as_markdown_with_its_figures_beside_it()
    {
        using var scratch = new Scratch();
        Keep(scratch.At("run"));

        var page = Command.Succeed("report", scratch.At("run"), "--format", "md", "--json").Json["report"]!.GetValue<string>();

        Assert.Equal(scratch.At("run/report.md"), page);
        Assert.Contains("](figures/hues-lazy.png)", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.True(File.Exists(scratch.At("run/figures/hues-lazy.png")));
        Assert.False(File.Exists(scratch.At("run/report.html")));
    }

    [Fact]
    public void Several_runs_lie_side_by_side_with_what_differs_in_colours_that_name_no_network()
    {
        using var scratch = new Scratch();
        Keep(scratch.At("a/run"));
        Keep(scratch.At("b/run"), ("seed: 1", "seed: 2"), ("images: 500", "images: 400"));

        var page = Command.Succeed("report", scratch.At("a/run"), scratch.At("b/run"), "--out", scratch.At("compared")).Output.Trim();
        var text = File.ReadAllText(page);
        var markdown = File.ReadAllText(
            Command.Succeed("report", scratch.At("a/run"), scratch.At("b/run"), "--out", scratch.At("compared"), "--format", "md").Output.Trim());

        Assert.Equal(scratch.At("compared/comparison.html"), page);
        Assert.Contains("run (1): lazy ", text, StringComparison.Ordinal);
        Assert.Contains("run (2): lazy ", text, StringComparison.Ordinal);
        Assert.Contains("| `seed` | `1` | `2` |", markdown, StringComparison.Ordinal);
        Assert.Contains("| `attack.images` | `500` | `400` |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("`limit`", markdown, StringComparison.Ordinal);
        foreach (var figure in new[] { "runs-own-against-reversed", "runs-accuracy-lazy", "runs-accuracy-repaired" })
        {
            Assert.Contains($"](figures/{figure}.png)", markdown, StringComparison.Ordinal);
            var drawing = File.ReadAllText(scratch.At($"compared/figures/{figure}.svg"));
            Assert.Contains("#009E73", drawing, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("#D55E00", drawing, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(
            "--out is for several runs",
            Command.Complaint(1, "report", scratch.At("a/run"), "--out", scratch.At("compared")),
            StringComparison.Ordinal);
    }

    private static void Keep(string folder, params (string Was, string Is)[] changes)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        var kept = Repository.At("tests/Pentimento.Browser.Tests/Run");
        foreach (
            var file in (string[])["recipe.yaml", "manifest.json", "results.json", "data/samples.npz", "data/explanations.npz", "data/attacks.npz"])
            File.Copy(Path.Combine(kept, file), Path.Combine(folder, file));
        var recipe = File.ReadAllText(Path.Combine(folder, "recipe.yaml"));
        File.WriteAllText(
            Path.Combine(folder, "recipe.yaml"),
            changes.Aggregate(recipe, (text, change) => text.Replace(change.Was, change.Is, StringComparison.Ordinal)));
    }
}
