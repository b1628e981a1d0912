using System.Text.RegularExpressions;
using Pentimento.Tests.Cli;

namespace Pentimento.Tests.Docs;

/// <summary>The cookbook's commands, word for word, on a few images and in a folder of their own.</summary>
public sealed partial class CookbookTests
{
    private const string Few = "120";

    [Fact]
    public void Every_recipe_of_the_cookbook_runs()
    {
        using var scratch = new Scratch();
        var page = File.ReadAllText(Repository.At("docs/cookbook.md"));
        var commands = Line().Matches(page).Select(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.Equal(10, Title().Count(page));
        Assert.True(commands.Count >= 10);
        foreach (var words in commands)
        {
            string[] placed = [.. words.Select((word, at) => IsFile(word) || (at > 0 && words[at - 1] == "--out") ? scratch.At(word) : word)];
            var limit = Array.IndexOf(placed, "--limit");
            if (limit >= 0) placed[limit + 1] = Few;
            string[] fewer = [.. limit < 0 ? (string[])["--limit", Few] : [], .. words[0] == "probe" ? (string[])["--visualized", "4"] : []];
            Command.Succeed([.. placed, .. fewer, "--cache", scratch.At("cache")]);
        }

        Assert.All(["sheet.png", "audit.png", "evidence.png", "neurons/atlas.html", "logits.png", "operated.safetensors"], file =>
            Assert.True(File.Exists(scratch.At(file)), file));
    }

    private static bool IsFile(string word) =>
        word.EndsWith(".safetensors", StringComparison.Ordinal) || word.EndsWith(".png", StringComparison.Ordinal);

    [GeneratedRegex("^    pentimento (.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Title();
}
