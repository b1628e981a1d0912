using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pentimento.Foundation.Configuration;

/// <summary>Parsing and formatting of YAML, and of JSON as its subset. Aliases and tags are errors: a recipe is data.</summary>
internal static class Yaml
{
    /// <summary>Reads one document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="BadInputException">It is not YAML, has several documents, or nests deeper than any recipe.</exception>
    public static JsonNode? Read(string text, string file)
    {
        var reader = new YamlReader(text, file);
        try
        {
            return reader.Document();
        }
        catch (YamlException failure)
        {
            throw new BadInputException(
                $"{file}, line {failure.Start.Line}: {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}{reader.Unclosed}.", failure);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException)
        {
            // So the parser ends where a list in brackets goes on after one of its entries was a mapping, and at a tag that is no address.
            throw new BadInputException($"{file}, line {reader.Line}: this is not YAML{reader.Unclosed}.", failure);
        }
    }

    /// <summary>Writes a tree as YAML.</summary>
    public static string Write(JsonNode node)
    {
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(ToYaml(node))).Save(text, assignAnchors: false);
        return text.ToString().Replace("\r", "").Replace("\n...\n", "\n");
    }

    private static YamlNode ToYaml(JsonNode? node) => node switch
    {
        JsonObject named => new YamlMappingNode(named.Select(pair => KeyValuePair.Create<YamlNode, YamlNode>(pair.Key, ToYaml(pair.Value)))),
        JsonArray list => new YamlSequenceNode(list.Select(ToYaml)),
        null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(node.ToString()) { Style = IsNull(node.ToString()) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any },
    };

    /// <summary>Whether a plain scalar is YAML's null.</summary>
    internal static bool IsNull(string text) => text is "" or "~" or "null";
}
