using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Pentimento.Foundation.Configuration;

/// <summary>The line of a file from which a part of a tree was read, for messages.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
internal sealed record SourceLine(string File, long Line)
{
    // A tree's nodes cannot be derived from; what is noted here of one is gone with it.
    private static readonly ConditionalWeakTable<JsonNode, SourceLine> Known = [];

    /// <summary>Notes where a node stands; what was noted before is replaced.</summary>
    /// <returns>The node.</returns>
    public static T Mark<T>(T node, string file, long line) where T : JsonNode
    {
        Known.AddOrUpdate(node, new(file, line));
        return node;
    }

    /// <summary>Notes that a node stands where another does.</summary>
    /// <returns>The node.</returns>
    public static T MarkAs<T>(T node, JsonNode other) where T : JsonNode => Of(other) is { } line ? Mark(node, line.File, line.Line) : node;

    /// <summary>Where a node stands; null where it was read from no file.</summary>
    public static SourceLine? Of(JsonNode? node) => node is not null && Known.TryGetValue(node, out var line) ? line : null;

    /// <summary>A copy of a tree that stands where the tree does.</summary>
    public static JsonNode? Copy(JsonNode? node)
    {
        JsonNode? copy = node switch
        {
            null => null,
            JsonObject named => new JsonObject(named.Select(pair => KeyValuePair.Create(pair.Key, Copy(pair.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Copy)]),
            _ => node.DeepClone(),
        };
        if (copy is not null && Of(node) is { } line) Known.Add(copy, line);
        return copy;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}, line {Line}";
}
