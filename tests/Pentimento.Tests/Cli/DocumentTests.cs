using System.Text.RegularExpressions;

namespace Pentimento.Tests.Cli;

/// <summary>The pages of docs/ that the software can check.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void The_page_of_methods_is_what_the_command_prints()
    {
        var printed = Command.Succeed("list", "--markdown").Output.ReplaceLineEndings("\n");

        Assert.True(File.ReadAllText(Repository.At("docs/methods.md")) == printed, "docs/methods.md is out of date: pentimento list --markdown > docs/methods.md");
    }

    [Fact]
    public void The_recipes_of_the_cookbook_run_in_their_order()
    {
        using var scratch = new Scratch();
        var commands = File.ReadLines(Repository.At("docs/cookbook.md")).Where(line => line.StartsWith("    pentimento ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]).ToList();

        string[] sets = ["rg_95z", "gr_95z", "gr_95h", "bw_100z", "un_0z"];
        Command.Succeed(["build", .. sets, "--limit", "400", "--out", scratch.At("sets")]);

        Assert.InRange(commands.Count, 10, 30);
        foreach (var command in commands)
        {
            string[] small = command[0] switch { "convert" => [], "trust" => ["--limit", "5"], "attack" or "compare" => ["--limit", "40"], _ => ["--limit", "400"] };
            string Place(string word) => command[0] != "build" && sets.Contains(word) ? scratch.At($"sets/{word}") : IsFile().IsMatch(word) ? scratch.At(word) : word;
            Command.Succeed([.. command.Select(Place), .. small, "--cache", scratch.At("cache")]);
        }

        Assert.All(["sheet.png", "audit.png", "evidence.png", "trust.png", "fooled.npz", "operated.safetensors", "lazy.pth"], file => Assert.True(File.Exists(scratch.At(file)), file));
    }

    // Files, and the folders after --out.
    [GeneratedRegex(@"^[a-z]+\.(png|npz|pth|safetensors)$|^(data|wanted)$")]
    private static partial Regex IsFile();
}
