using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Lab.Queries;

/// <summary>An operation with its settings, as a command and as C#: what a screen shows can be done without the lab.</summary>
internal static class OperationCode
{
    /// <summary>Writes both.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="settings">Texts by name; a list is an array, or one text as the form of a job has it.</param>
    /// <exception cref="BadInputException">There is no such operation.</exception>
    public static CodeSnippet Of(string operation, JsonObject settings)
    {
        var member = Catalog.FamilyOf(typeof(Operation)).Find(operation);
        var given = Settings.Of(member.Type).All.Select(setting => (Setting: setting, Words: WordsOf(setting, settings[setting.Name])))
            .Where(pair => pair.Words.Length > 0)
            .OrderBy(pair => pair.Setting.Attribute<ArgumentAttribute>() is null ? 1 : 0).ToList();
        string Assigned((Setting Setting, string[] Words) pair) => $"{pair.Setting.Property} = {Code(pair.Setting.Type, pair.Words)}";
        // Settings of a record within the record are assigned together, where the first of them stands.
        var code = given.GroupBy(pair => pair.Setting.Holder?.Name ?? pair.Setting.Property)
            .Select(group => group.First().Setting.Holder is { } holder
                ? $"{holder.Name} = new() {{ {string.Join(", ", group.Select(Assigned))} }}" : Assigned(group.First()));
        return new(
            CommandText.Of(member.Name, given.Select(pair => (pair.Setting, (IReadOnlyList<string>)pair.Words))),
            // What is inside the command alone has no public record.
            member.Type.IsPublic
                ? $"pentimento.Run(new {member.Type.Name} {{ {string.Join(", ", code)} }});"
                : $"// '{member.Name}' with these settings is a command alone.");
    }

    private static string[] WordsOf(Setting setting, JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.Select(one => $"{one}")],
        _ when $"{node}".Length == 0 => [],
        _ when Element(setting.Type) is null => [$"{node}"],
        _ when Catalog.Holds(Element(setting.Type)!) => $"{node}".Split(' ', StringSplitOptions.RemoveEmptyEntries),
        _ => [.. Spec.Split($"{node}").Select(part => part.Trim()).Where(part => part.Length > 0)],
    };

    private static string Code(Type type, string[] words) =>
        Element(type) is { } element ? $"[{string.Join(", ", words.Select(word => Literal(element, word)))}]" : Literal(type, words[0]);

    private static string Literal(Type type, string word)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            var named = Enum.GetNames(type).FirstOrDefault(name => Names.Kebab(name).Equals(word, StringComparison.OrdinalIgnoreCase));
            return $"{type.Name}.{named ?? word}";
        }

        if (type == typeof(bool) || type.IsPrimitive) return word;
        var quoted = $"\"{Printable.Of(word).Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
        return type == typeof(string) || type.GetMethod("op_Implicit", [typeof(string)]) is not null ? quoted : $"{type.Name}.Parse({quoted}, null)";
    }

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
}
