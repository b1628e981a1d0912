using System.Text.Json.Nodes;
using Pentimento.Tests.Cli;

namespace Pentimento.Tests.Reports;

/// <summary>A run's folder may come from anyone: whatever its texts are, its page is written beside it and opens no tag.</summary>
public sealed class HostileRunTests
{
    private const string Hostile = "../../../outside/e\"><meta http-equiv=\"refresh\"><script>alert(1)</script>\u001b[2J=cmd|x";

    public static TheoryData<string, string> EveryText()
    {
        var places = new TheoryData<string, string>();
        foreach (var file in new[] { "results.json", "manifest.json" })
        {
            foreach (var place in Texts(Kept(file)).Select(Place).Distinct().Where(place => !place.Contains("stages"))) places.Add(file, place);
        }

        return places;
    }

    [Theory, MemberData(nameof(EveryText))]
    public void No_text_of_a_run_becomes_a_path_or_a_tag(string file, string place)
    {
        using var scratch = new Scratch();
        var folder = scratch.At("one/two/three/run");
        Copy(folder);
        var root = Kept(file);
        Texts(root).First(text => Place(text) == place).ReplaceWith(Hostile);
        File.WriteAllText(Path.Combine(folder, file), root.ToJsonString());

        Command[] said = [Command.Run("report", folder), Command.Run("report", folder, "--format", "md")];

        Assert.Equal(["one"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName));
        Assert.Single(Directory.GetFileSystemEntries(scratch.At("one/two/three")));
        Assert.All(said, command => Assert.DoesNotContain('\u001b', command.Output + command.Error));
        foreach (var written in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(IsText))
        {
            var text = File.ReadAllText(written);
            Assert.DoesNotContain("<meta http-equiv=\"refresh\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', text);
        }
    }

    [Fact]
    public void No_text_of_a_run_of_steps_becomes_a_path_a_tag_or_a_link()
    {
        using var scratch = new Scratch();
        var folder = Directory.CreateDirectory(scratch.At("one/two/three/run")).FullName;
        var hostile = $"{Hostile}[here](http://elsewhere)";
        var judged = new JsonObject
        {
            ["data"] = hostile,
            ["count"] = 4,
            ["accuracy"] = 0.5,
            ["low"] = 0.1,
            ["high"] = 0.9,
            ["perClass"] = new JsonArray(0.5, 0.5),
            ["confusion"] = new JsonArray(new JsonArray(1, 1), new JsonArray(1, 1)),
        };
        File.WriteAllText(
            Path.Combine(folder, "recipe.yaml"), "name: hostile\nsteps:\n  - {name: judge, operation: evaluate, model: m.onnx, data: photos}");
        File.WriteAllText(
            Path.Combine(folder, "results.json"),
            new JsonObject { ["judge"] = new JsonObject { ["evaluations"] = new JsonArray(judged) } }.ToJsonString());
        File.WriteAllText(
            Path.Combine(folder, "manifest.json"),
            """
            {"pentimento": "1", "torchSharp": "1", "dotnet": "1", "system": "1", "processors": 1, "recipe": null,
             "stages": {"judge": {"key": "k", "seconds": 1, "outputs": {"/dev/zero": "0"}}}}
            """);

        foreach (var format in new[] { "html", "md", "card" })
        {
            var said = Command.Succeed("report", folder, "--format", format);
            Assert.DoesNotContain('\u001b', said.Output + said.Error);
        }

        Assert.Equal("hostile", (string?)Command.Succeed("info", folder, "--json").Json["recipe"]);
        Assert.Single(Directory.GetFileSystemEntries(scratch.At("one/two/three")));
        foreach (var written in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(IsText))
        {
            var text = File.ReadAllText(written);
            Assert.DoesNotContain("<meta http-equiv=\"refresh\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', text);
        }

        Assert.Contains(@"[here]\(http", File.ReadAllText(Path.Combine(folder, "model-card.md")), StringComparison.Ordinal);
    }

    private static bool IsText(string file) => Path.GetExtension(file) is ".html" or ".svg" or ".md" or ".csv";

    private static JsonNode Kept(string file) => JsonNode.Parse(File.ReadAllText(Repository.At($"tests/Pentimento.Browser.Tests/Run/{file}")))!;

    private static void Copy(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        foreach (
            var file in (string[])["recipe.yaml", "manifest.json", "results.json", "data/samples.npz", "data/explanations.npz", "data/attacks.npz"])
            File.Copy(Repository.At($"tests/Pentimento.Browser.Tests/Run/{file}"), Path.Combine(folder, file));
    }

    /// <summary>The path without the places in lists: one of each kind is tried.</summary>
    private static string Place(JsonNode text) =>
        string.Join('.', text.GetPath().Split('.').Select(part => part.Split('[')[0]));

    private static IEnumerable<JsonNode> Texts(JsonNode? node) => node switch
    {
        JsonObject named => named.SelectMany(pair => Texts(pair.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => [value],
        _ => [],
    };
}
