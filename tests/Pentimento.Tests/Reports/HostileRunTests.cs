using System.Text.Json.Nodes;
using Pentimento.Tests.Cli;

namespace Pentimento.Tests.Reports;

/// <summary>A run's folder may come from anybody: whatever its texts are, its page is written beside it and opens no tag.</summary>
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
        }
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
