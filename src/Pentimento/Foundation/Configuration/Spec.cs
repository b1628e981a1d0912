using System.Text.Json.Nodes;

namespace Pentimento.Foundation.Configuration;

/// <summary>Parsing and formatting of SPECs, the one-line form of a member of the catalogue: <c>name:key=value,key=value</c>; a value may be a SPEC
/// in parentheses.</summary>
internal static class Spec
{
    // Far more than any method has; each level is read again from its text, so both bounds together bound the work.
    private const int Longest = 65_536;
    private const int Deepest = 16;

    public static JsonObject Read(string text)
    {
        CheckSize(text);
        var colon = text.IndexOf(':');
        var named = new JsonObject { ["name"] = colon < 0 ? text.Trim() : text[..colon].Trim() };
        if (colon < 0) return named;
        foreach (var pair in Split(text[(colon + 1)..]))
        {
            var equals = pair.IndexOf('=');
            Require.That(equals > 0, $"In '{Printable.Short(text)}', '{Printable.Short(pair)}' should read name=value.");
            var name = pair[..equals].Trim();
            Require.That(!named.ContainsKey(name), $"In '{Printable.Short(text)}', '{Printable.Short(name)}' is given twice.");
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
        // Names of files may hold what parts settings.
        if (nested && value is string text && text.AsSpan().ContainsAny(",()")) return $"({text})";
        if (value is null || !Catalog.Holds(value.GetType())) return Scalar.Write(value);
        return nested ? $"({Write(value)})" : Write(value);
    }

    private static void CheckSize(string text)
    {
        Require.That(text.Length <= Longest, $"A SPEC of {text.Length:N0} characters is not read: '{Printable.Short(text)}'.");
        var (depth, deepest) = (0, 0);
        foreach (var letter in text)
        {
            depth += letter switch { '(' => 1, ')' => -1, _ => 0 };
            deepest = Math.Max(deepest, depth);
            Require.That(depth >= 0, $"In '{Printable.Short(text)}', a parenthesis closes that was not opened.");
        }

        Require.That(depth == 0, $"In '{Printable.Short(text)}', {depth:N0} parentheses are not closed.");
        Require.That(deepest <= Deepest, $"'{Printable.Short(text)}' nests SPECs deeper than {Deepest} levels.");
    }

    /// <summary>Splits at commas outside parentheses and brackets.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (text[at] != ',' || depth > 0) continue;
            yield return text[start..at];
            start = at + 1;
        }

        yield return text[start..];
    }
}
