using System.Text.Json.Nodes;

namespace Pentimento.Foundation.Configuration;

/// <summary>Where a node stands: the names that lead to it, and the line of the file that it was read from, if it was.</summary>
/// <param name="Line">The line, or null.</param>
/// <param name="Names">The names; within a file those from its root on, else with what the root is called before them.</param>
internal readonly record struct TreePath(SourceLine? Line, string Names)
{
    /// <summary>The root of a tree.</summary>
    /// <param name="root">The root.</param>
    /// <param name="name">What it is called where it was read from no file.</param>
    public static TreePath Of(JsonNode? root, string name) => SourceLine.Of(root) is { } line ? new(line, "") : new(null, name);

    /// <summary>The path of a setting.</summary>
    public TreePath To(string setting, JsonNode? node) => new(SourceLine.Of(node) ?? Line, Names.Length == 0 ? setting : $"{Names}.{setting}");

    /// <summary>The path of a list's entry.</summary>
    public TreePath To(int entry, JsonNode? node) => new(SourceLine.Of(node) ?? Line, $"{Names}[{entry}]");

    /// <inheritdoc/>
    public override string ToString() => Line is null ? Names : Names.Length == 0 ? $"{Line}" : $"{Line}: {Names}";
}
