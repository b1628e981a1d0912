using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Operations;

/// <summary>The files that an operation is to write, checked before its work.</summary>
internal static class Outputs
{
    /// <summary>The key under which a result's JSON lists them.</summary>
    public const string Key = "written";

    /// <summary>Refuses paths that could not be written, or that have another ending than what will be written.</summary>
    /// <exception cref="BadInputException">One cannot be used.</exception>
    public static void Check(Operation operation)
    {
        foreach (var setting in Settings.Of(operation.GetType()).All)
        {
            if (setting.Attribute<OutputAttribute>() is { } output && setting.Of(operation) is string path) Check(path, output, $"--{setting.Name}");
        }
    }

    /// <summary>The files that the options name, in the order of the options.</summary>
    public static IEnumerable<string> Of(Operation operation) =>
        Settings.Of(operation.GetType()).All.Where(setting => setting.Attribute<OutputAttribute>() is not null)
            .Select(setting => setting.Of(operation)).OfType<string>();

    /// <summary>Those of them that are there.</summary>
    public static IReadOnlyList<string> Written(Operation operation) => [.. Of(operation).Where(Path.Exists)];

    private static void Check(string path, OutputAttribute output, string option)
    {
        Require.That(!string.IsNullOrWhiteSpace(path), $"{option} needs the name of what to write; got an empty one.");
        string[] endings = [.. new[] { Path.GetExtension(output.Form) }.Concat(output.Endings).Where(ending => ending.Length > 0)];
        if (endings.Length == 0) return;
        Require.That(
            endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase),
            $"{option} writes {string.Join(" or ", endings)}, so its name must end so; got {path}.");
        Require.That(!Directory.Exists(path), $"{option}: {path} is a folder; name a file in it.");
    }
}
