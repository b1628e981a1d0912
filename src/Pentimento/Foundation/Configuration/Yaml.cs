using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Pentimento.Foundation.Configuration;

/// <summary>Parsing and formatting of YAML, and of JSON as its subset. Aliases and tags are errors: a recipe is data.</summary>
internal static class Yaml
{
    private const int DeepestNesting = 32;

    /// <summary>Reads one document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="BadInputException">It is not YAML, has several documents, or nests deeper than any recipe.</exception>
    public static JsonNode? Read(string text, string file)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            Require.That(parser.Accept<DocumentStart>(out _), $"{file} is empty.");
            parser.Consume<DocumentStart>();
            var root = Node(parser, file, 0);
            parser.Consume<DocumentEnd>();
            Require.That(parser.Accept<StreamEnd>(out _), $"{file} holds more than one document.");
            return root;
        }
        catch (YamlException failure)
        {
            throw new BadInputException($"{file}, line {failure.Start.Line}: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
        catch (InvalidOperationException failure)
        {
            // So the parser ends where a list in brackets goes on after one of its entries was a mapping.
            throw new BadInputException($"{file} is not YAML.", failure);
        }
    }

    /// <summary>Writes a tree as YAML.</summary>
    public static string Write(JsonNode node)
    {
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(ToYaml(node))).Save(text, assignAnchors: false);
        return text.ToString().Replace("\r", "").Replace("\n...\n", "\n");
    }

    private static JsonNode? Node(Parser parser, string file, int depth)
    {
        Require.That(depth < DeepestNesting, $"{file} nests deeper than {DeepestNesting} levels.");
        parser.Accept<NodeEvent>(out var start);
        Require.That(start is null || start.Tag.IsEmpty, $"{file}, line {start?.Start.Line}: tags are not allowed.");
        if (parser.TryConsume<YamlScalar>(out var scalar))
            return scalar.IsPlainImplicit && IsNull(scalar.Value) ? null : scalar.Value;
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _)) list.Add(Node(parser, file, depth + 1));
            return list;
        }

        Require.That(parser.TryConsume<MappingStart>(out _), $"{file}, line {parser.Current?.Start.Line}: aliases are not allowed.");
        var named = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<YamlScalar>();
            Require.That(!named.ContainsKey(key.Value), $"{file}, line {key.Start.Line}: '{key.Value}' is given twice.");
            named[key.Value] = Node(parser, file, depth + 1);
        }

        return named;
    }

    private static YamlNode ToYaml(JsonNode? node) => node switch
    {
        JsonObject named => new YamlMappingNode(named.Select(pair => KeyValuePair.Create<YamlNode, YamlNode>(pair.Key, ToYaml(pair.Value)))),
        JsonArray list => new YamlSequenceNode(list.Select(ToYaml)),
        null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(node.ToString()) { Style = IsNull(node.ToString()) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any },
    };

    /// <summary>Whether a plain scalar is YAML's null.</summary>
    private static bool IsNull(string text) => text is "" or "~" or "null";
}
