using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Pentimento.Foundation.Configuration;

/// <summary>Reads one YAML document into a tree whose nodes know their lines.</summary>
/// <param name="text">The document.</param>
/// <param name="file">Its name, for messages.</param>
internal sealed class YamlReader(string text, string file)
{
    private const int DeepestNesting = 32;

    private readonly Parser parser = new(new StringReader(text));
    private readonly Stack<(string Bracket, long Line)> open = [];

    /// <summary>The line that is being read.</summary>
    public long Line => parser.Current?.Start.Line ?? 1;

    /// <summary>For a message about a document that cannot be read: the innermost bracket that is open there, if there is one.</summary>
    public string Unclosed => open.TryPeek(out var last) ? $"; the '{last.Bracket}' of line {last.Line} is not closed before" : "";

    /// <summary>The document's tree.</summary>
    /// <exception cref="BadInputException">It is empty, several, or holds what no recipe needs.</exception>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public JsonNode? Document()
    {
        parser.Consume<StreamStart>();
        Require.That(parser.Accept<DocumentStart>(out _), $"{file} is empty.");
        parser.Consume<DocumentStart>();
        var root = Node(0);
        parser.Consume<DocumentEnd>();
        Require.That(parser.Accept<StreamEnd>(out _), $"{file} holds more than one document.");
        return root;
    }

    private JsonNode? Node(int depth)
    {
        Require.That(depth < DeepestNesting, $"{file} nests deeper than {DeepestNesting} levels.");
        parser.Accept<NodeEvent>(out var start);
        Require.That(start is null || start.Tag.IsEmpty, $"{file}, line {start?.Start.Line}: tags are not allowed.");
        var line = start?.Start.Line ?? Line;
        if (parser.TryConsume<YamlScalar>(out var scalar))
            return scalar.IsPlainImplicit && Yaml.IsNull(scalar.Value) ? null : SourceLine.Mark(JsonValue.Create(scalar.Value), file, line);
        if (parser.TryConsume<SequenceStart>(out var list))
            return SourceLine.Mark(Within(list.Style == SequenceStyle.Flow ? "[" : null, line, () => Sequence(depth)), file, line);
        Require.That(parser.TryConsume<MappingStart>(out var map), $"{file}, line {parser.Current?.Start.Line}: aliases are not allowed.");
        return SourceLine.Mark(Within(map.Style == MappingStyle.Flow ? "{" : null, line, () => Mapping(depth)), file, line);
    }

    private JsonArray Sequence(int depth)
    {
        var list = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _)) list.Add(Node(depth + 1));
        return list;
    }

    private JsonObject Mapping(int depth)
    {
        var named = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<YamlScalar>();
            Require.That(key.Tag.IsEmpty, $"{file}, line {key.Start.Line}: tags are not allowed.");
            Require.That(!named.ContainsKey(key.Value), $"{file}, line {key.Start.Line}: '{key.Value}' is given twice.");
            var value = Node(depth + 1);
            // What is said of a setting is said of the line with its name.
            if (value is not null) SourceLine.Mark(value, file, key.Start.Line);
            named[key.Value] = value;
        }

        return named;
    }

    private T Within<T>(string? bracket, long line, Func<T> read)
    {
        if (bracket is not null) open.Push((bracket, line));
        // Where reading fails, what is open stays so: it is part of the message.
        var node = read();
        if (bracket is not null) open.Pop();
        return node;
    }
}
