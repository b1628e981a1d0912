using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>Operations as the commands that do them.</summary>
internal static class CommandText
{
    /// <summary>The command of an operation, with the settings that are not as usual.</summary>
    public static string Of(Operation operation)
    {
        var type = operation.GetType();
        var settings = Settings.Of(type);
        var usual = settings.Build(new Dictionary<Setting, object?>());
        var given = settings.All.Where(setting => setting.Required || Text(setting.Of(operation)) != Text(setting.Of(usual)))
            .Select(setting => (setting, Words(setting.Of(operation))));
        return Of(new Member(type).Name, given);
    }

    /// <summary>A command with settings, each with its words; arguments come first.</summary>
    public static string Of(string name, IEnumerable<(Setting Setting, IReadOnlyList<string> Words)> given)
    {
        var words = given.Where(pair => pair.Words.Count > 0).OrderBy(pair => IsArgument(pair.Setting) ? 0 : 1)
            .SelectMany(pair => Written(pair.Setting, [.. pair.Words.Select(word => ShellWord.Quoted(Printable.Of(word)))]));
        return string.Join(' ', words.Prepend(name).Prepend("pentimento"));
    }

    private static bool IsArgument(Setting setting) => setting.Attribute<ArgumentAttribute>() is not null;

    private static IEnumerable<string> Written(Setting setting, IReadOnlyList<string> words)
    {
        if (IsArgument(setting)) return words;
        if (setting.Type != typeof(bool)) return words.Prepend($"--{setting.Name}");
        return bool.TryParse(words[0], out var wished) && wished ? [$"--{setting.Name}"] : [];
    }

    private static string Text(object? value) => string.Join('\n', Words(value));

    private static IReadOnlyList<string> Words(object? value) => value switch
    {
        null => [],
        System.Collections.IEnumerable list and not string => [.. list.Cast<object>().Select(Word)],
        _ => [Word(value)],
    };

    private static string Word(object value) =>
        value is NetworkRef network && network.Name != Path.GetFileNameWithoutExtension(network.File)
            ? $"{network.Name}={network.File}" : Spec.Value(value);
}
