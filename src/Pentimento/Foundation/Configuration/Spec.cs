using System.Text.Json.Nodes;

namespace Pentimento.Foundation.Configuration;

/// <summary>Parsing and formatting of SPECs, the one-line form of a member of the catalogue: <c>name:key=value,key=value</c>; a value may be a SPEC
/// in parentheses.</summary>
internal static class Spec
{
    public static JsonObject Read(string text)
    {
        var colon = text.IndexOf(':');
        var named = new JsonObject { ["name"] = colon < 0 ? text.Trim() : text[..colon].Trim() };
        if (colon < 0) return named;
        foreach (var pair in Split(text[(colon + 1)..]))
        {
            var equals = pair.IndexOf('=');
            Require.That(equals > 0, $"In '{text}', '{pair}' should read name=value.");
            var name = pair[..equals].Trim();
            Require.That(!named.ContainsKey(name), $"In '{text}', '{name}' is given twice.");
            var value = pair[(equals + 1)..].Trim();
            named[name] = value.StartsWith('(') && value.EndsWith(')') ? value[1..^1] : value;
        }

        return named;
    }

    public static string Write(object member)
    {
        var settings = Settings.Of(member.GetType()).All
            .Select(setting => $"{setting.Name}={Value(setting.Of(member), nested: true)}").ToList();
        var name = new Member(member.GetType()).Name;
        return settings.Count == 0 ? name : $"{name}:{string.Join(",", settings)}";
    }

    /// <summary>A value as it stands in a SPEC.</summary>
    public static string Value(object? value, bool nested = false)
    {
        if (value is System.Collections.IEnumerable list and not string) return string.Join(' ', list.Cast<object>().Select(item => Value(item)));
        if (value is null || !Catalog.Holds(value.GetType())) return Scalar.Write(value);
        return nested ? $"({Write(value)})" : Write(value);
    }

    /// <summary>Splits at commas outside parentheses.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[at] != ',' || depth > 0) continue;
            yield return text[start..at];
            start = at + 1;
        }

        yield return text[start..];
    }
}
