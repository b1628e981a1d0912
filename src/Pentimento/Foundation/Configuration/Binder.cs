using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Pentimento.Foundation.Configuration;

/// <summary>Deserializes a tree of names and values, from YAML, JSON or a SPEC, into records; unknown names are errors.</summary>
internal static class Binder
{
    /// <summary>Builds a value of <paramref name="type"/>.</summary>
    /// <param name="node">Names and values; scalars may be text.</param>
    /// <param name="type">A record, a member of the catalogue, a list, a dictionary by text, or a scalar.</param>
    /// <param name="path">Where the node stands, for messages.</param>
    /// <exception cref="BadInputException">An unknown or missing name, a value of the wrong kind or out of range.</exception>
    public static object? Bind(JsonNode? node, Type type, string path) => Bind(node, type, TreePath.Of(node, path));

    /// <summary>Binds what stands at a known place.</summary>
    public static object? Bind(JsonNode? node, Type type, TreePath path)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return node is null ? null : Bind(node, inner, path);
        Require.That(node is not null, $"{path}: a value is missing.");
        if (Catalog.Holds(type)) return BindMember(node, type, path);
        if (Element(type) is { } element) return BindList(node, element, path);
        if (node is JsonObject named && !Scalar.Reads(type)) return BindRecord(named, type, path);
        Require.That(node is JsonValue, $"{path}: expected {Scalar.KindOf(type)}, got {(node is JsonObject ? "names and values" : "a list")}.");
        return Scalar.Read(node.ToString(), type, $"{path}");
    }

    /// <summary>
    /// Describes a record as a tree from which <see cref="Bind(JsonNode?, Type, string)"/> builds an equal one, with every default spelled out.
    /// </summary>
    public static JsonNode? Describe(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth,
        int or long or ulong => JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        double number => number,
        _ when Scalar.Reads(value.GetType()) || Catalog.Holds(value.GetType()) => Spec.Value(value),
        System.Collections.IEnumerable list => new JsonArray([.. list.Cast<object>().Select(Describe)]),
        _ => new JsonObject(Settings.Of(value.GetType()).All.Select(setting =>
            KeyValuePair.Create(setting.Name, Describe(setting.Of(value))))),
    };

    private static object BindMember(JsonNode node, Type type, TreePath path)
    {
        Require.That(node is not JsonArray, $"{path}: expected {Scalar.KindOf(type)}, got a list.");
        var named = node as JsonObject ?? Spec.Read(node.ToString());
        Require.That(named["name"] is JsonValue, $"{path}: say which one with 'name'.");
        var member = Find(Catalog.FamilyOf(type), named["name"]!.ToString(), path);
        var settings = named.Where(pair => pair.Key != "name").Select(pair => KeyValuePair.Create(pair.Key, SourceLine.Copy(pair.Value)));
        return BindRecord(new(settings), member.Type, path with { Names = MemberPath(path, member) });
    }

    private static string MemberPath(TreePath path, Member member) =>
        path.Line is null || path.Names.Length == 0 ? member.Name : $"{path.Names} ({member.Name})";

    /// <summary>A family's member of a name.</summary>
    /// <exception cref="BadInputException">There is none; where the name stands is said.</exception>
    internal static Member Find(Family family, string name, TreePath path)
    {
        try
        {
            return family.Find(name);
        }
        catch (BadInputException refusal) when (path.Line is not null)
        {
            throw new BadInputException($"{path}: {refusal.Message}", refusal);
        }
    }

    /// <summary>Builds a record from its settings.</summary>
    internal static object BindRecord(JsonObject named, Type type, TreePath path)
    {
        var settings = Settings.Of(type);
        var given = new Dictionary<Setting, object?>();
        foreach (var (name, node) in named)
        {
            var setting = settings.All.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var place = path.To(setting?.Name ?? name, node);
            Require.That(
                setting is not null,
                $"{path with { Line = place.Line }} has no setting '{name}'; {Names.Suggest(name, settings.All.Select(known => known.Name))}");
            Require.That(!given.ContainsKey(setting), $"{path with { Line = place.Line }}: '{setting.Name}' is given twice.");
            var value = Bind(node, setting.Type, place);
            CheckRange(value, setting.Range, $"{place}");
            given[setting] = value;
        }

        var missing = settings.All.FirstOrDefault(setting => setting.Required && !given.ContainsKey(setting));
        Require.That(missing is null, $"{path}: '{missing?.Name}' is missing.");
        return settings.Build(given);
    }

    private static Array BindList(JsonNode node, Type element, TreePath path)
    {
        var nodes = node is JsonArray array ? [.. array] : (JsonNode?[])[node];
        var list = Array.CreateInstance(element, nodes.Length);
        for (var at = 0; at < nodes.Length; at++) list.SetValue(Bind(nodes[at], element, path.To(at, nodes[at])), at);
        return list;
    }

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    internal static void CheckRange(object? value, RangeAttribute? range, string path)
    {
        if (range is null || value is null) return;
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        var low = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
        var high = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        var inside = (range.MinimumIsExclusive ? number > low : number >= low) && (range.MaximumIsExclusive ? number < high : number <= high);
        Require.That(inside, $"{path}: {Scalar.Write(value)} is not {Describe(range, low, high)}.");
    }

    private static string Describe(RangeAttribute range, double low, double high)
    {
        var above = $"{(range.MinimumIsExclusive ? "above" : "at least")} {Scalar.Write(low)}";
        return high >= int.MaxValue ? above : $"{above} and {(range.MaximumIsExclusive ? "below" : "at most")} {Scalar.Write(high)}";
    }
}
