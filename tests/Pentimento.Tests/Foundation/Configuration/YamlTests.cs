using System.Text.Json.Nodes;
using CsCheck;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Foundation.Configuration;

public sealed class YamlTests
{
    private static readonly Gen<string> Text = Gen.OneOf<string>(
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.OneOf("null", "~", "", "true", "1.5", "a: b", "- a", "# no", "two\nlines", "'", "\"", "é", " edge "));

    [Fact]
    public void What_is_written_reads_back_as_the_same() =>
        Gen.Select(Text, Text, Text)
            .Sample(
                (a, b, c) =>
                {
                    var tree = new JsonObject
                    {
                        ["one"] = a,
                        ["list"] = new JsonArray(b, null, c),
                        ["deep"] = new JsonObject { ["two"] = c, ["nothing"] = null },
                    };
                    return JsonNode.DeepEquals(tree, Yaml.Read(Yaml.Write(tree), "tree"));
                },
                iter: 1000);

    [Theory]
    [InlineData("a: &x 1\nb: *x", "aliases are not allowed")]
    [InlineData("a: !!python/object:os.system b", "tags are not allowed")]
    [InlineData("a: !local {b: 1}", "tags are not allowed")]
    [InlineData("!!str a: 1", "tags are not allowed")]
    [InlineData("!!da]a: s:\n  - b", "recipe, line 1: this is not YAML")]
    [InlineData("a: 1\n---\nb: 2", "more than one document")]
    [InlineData("a: 1\na: 2", "line 2: 'a' is given twice")]
    [InlineData("", "is empty")]
    [InlineData("a: [1, 2", "recipe, line")]
    [InlineData("a: [1,b: [2] 3, 4]", "recipe")]
    [InlineData("a: 1\n\tb: 2", "recipe, line")]
    [InlineData("? [a]\n: 1", "recipe, line")]
    public void What_no_recipe_needs_is_refused_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Yaml.Read(text, "recipe")).Message);

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Deep_nesting_is_refused(char open, char close)
    {
        var text = string.Concat(Enumerable.Repeat(open == '{' ? "{a: " : "[", 100_000)) + new string(close, 100_000);

        Assert.Contains("nests deeper than 32 levels", Assert.Throws<BadInputException>(() => Yaml.Read(text, "recipe")).Message);
    }

    [Fact]
    public void Json_is_yaml() =>
        Assert.Equal("""{"a":["1","x"],"b":null}""", Yaml.Read("""{"a": [1, "x"], "b": null}""", "recipe")!.ToJsonString());

    [Fact]
    public void Damaged_recipes_are_read_or_refused_but_never_crash()
    {
        var whole = File.ReadAllBytes(Repository.At("recipes/quick.yaml"));
        var refused = Corruption
            .Of(whole, 300, 200)
            .Count(bytes => Corruption.IsRefused(() => Yaml.Read(System.Text.Encoding.UTF8.GetString(bytes), "recipe")));

        Assert.InRange(refused, 1, 299);
    }
}
