using System.Text.RegularExpressions;

namespace Pentimento.Tests.Cli;

/// <summary>The seed report from beginning to end, on a handful of images.</summary>
public sealed partial class StudyVerbTests
{
    [Fact]
    public void A_study_judges_every_claim_and_every_claim_leads_to_its_figure()
    {
        using var scratch = new Scratch();
        string[] run = ["run", Tiny(scratch), "--out", scratch.At("run"), "--cache", scratch.At("cache"), "--json"];

        var first = Command.Succeed(run);
        var claims = first.Json["results"]!["claims"]!.AsArray();
        var page = File.ReadAllText(scratch.At("run/report.html"));
        var places = Anchor().Matches(page).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.InRange(claims.Count, 60, 120);
        Assert.All(claims, claim => Assert.False(string.IsNullOrWhiteSpace(claim!["measured"]!.GetValue<string>())));
        Assert.Empty(Link().Matches(page).Select(match => match.Groups[1].Value).Except(places));
        Assert.InRange(page.Length, 100_000, 15_000_000);
        foreach (var csv in new[] { "smudging-bars.csv", "repair-reversed.csv" }) Assert.True(File.Exists(scratch.At($"run/figures/{csv}")), csv);

        var before = File.ReadAllBytes(scratch.At("run/results.json"));
        var second = Command.Succeed(run);
        Assert.DoesNotContain("train", second.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(scratch.At("run/results.json")));

        // The same as Markdown: every chapter, every claim, and figures that are there.
        var markdown = File.ReadAllText(Command.Succeed("report", scratch.At("run"), "--format", "md").Output.Trim());
        Assert.Equal(10, markdown.Split('\n').Count(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.All(claims, claim =>
            Assert.Contains(claim!["said"]!.GetValue<string>().Replace("|", "\\|", StringComparison.Ordinal), markdown, StringComparison.Ordinal));
        var pictures = Picture().Matches(markdown).Select(match => match.Groups[1].Value).ToList();
        Assert.InRange(pictures.Count, 10, 200);
        Assert.All(pictures, picture => Assert.True(File.Exists(scratch.At($"run/{picture}")), picture));

        // A figure that is gone is drawn again, and nothing else is.
        File.Delete(scratch.At("run/figures/datasets-samples.png"));
        Command.Succeed(run);
        Assert.True(File.Exists(scratch.At("run/figures/datasets-samples.png")));
        Assert.Equal(before, File.ReadAllBytes(scratch.At("run/results.json")));
    }

    [Fact]
    public void A_study_without_a_network_that_a_chapter_tells_of_is_refused()
    {
        using var scratch = new Scratch();
        var recipe = scratch.Write(
            "study.yaml",
            File.ReadAllText(Repository.At("recipes/study-small.yaml")).Replace("name: hardened", "name: softened", StringComparison.Ordinal));

        Assert.Contains("'hardened'", Command.Complaint(1, "run", recipe, "--out", scratch.At("run")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("run")));
    }

    [Fact]
    public void A_study_whose_sweep_cannot_be_told_is_refused_before_anything_is_trained()
    {
        using var scratch = new Scratch();
        var hunt = scratch.Write(
            "hunt.yaml",
            File.ReadAllText(Repository.At("recipes/hunt-small.yaml"))
                .Replace("validate: [rg_95z, gr_95z]", "validate: [rg_95z]", StringComparison.Ordinal));
        var recipe = scratch.Write(
            "study.yaml",
            File.ReadAllText(Repository.At("recipes/study-small.yaml")).Replace("hunt: hunt-small", $"hunt: {hunt}", StringComparison.Ordinal));

        Assert.Contains("two canvases", Command.Complaint(1, "run", recipe, "--out", scratch.At("run")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("run")));
    }

    private static string Tiny(Scratch scratch)
    {
        var small = File.ReadAllText(Repository.At("recipes/study-small.yaml"));
        foreach (var (setting, value) in new[] { ("limit", 300), ("looked", 60), ("attacked", 10), ("sparse-epochs", 1) })
            small = Regex.Replace(small, $"^{setting}: .*$", $"{setting}: {value}", RegexOptions.Multiline);
        return scratch.Write("study.yaml", small.Replace("[1, 2]", "[1]", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"id=""([^""]+)""")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\]\((figures/[^)]+)\)")]
    private static partial Regex Picture();

    [GeneratedRegex(@"href=""#([^""]+)""")]
    private static partial Regex Link();
}
