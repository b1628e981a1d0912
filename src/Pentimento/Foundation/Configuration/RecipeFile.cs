using System.Reflection;

namespace Pentimento.Foundation.Configuration;

/// <summary>Recipes as text: a user's file, or one that comes with this software.</summary>
internal static class RecipeFile
{
    /// <summary>The text of a file, or of the recipe of this name that comes along.</summary>
    /// <exception cref="BadInputException">There is neither.</exception>
    public static string Text(string nameOrFile)
    {
        if (File.Exists(nameOrFile)) return File.ReadAllText(nameOrFile);
        Require.That(
            !Directory.Exists(nameOrFile),
            $"{nameOrFile} is a folder, and a recipe is a file; that of a run is {Path.Combine(nameOrFile, "recipe.yaml")}.");
        var known = Texts("recipes/");
        Require.That(known.ContainsKey(nameOrFile), $"There is no recipe file {nameOrFile}; {Names.Suggest(nameOrFile, known.Keys)}");
        return known[nameOrFile];
    }

    /// <summary>The recipes that come along, by name, each with the sentences that it begins with.</summary>
    public static IReadOnlyList<(string Name, string Summary)> All() => [.. Texts("recipes/").Select(recipe => (recipe.Key, Summary(recipe.Value)))];

    /// <summary>The texts of the known answers that come along, by name.</summary>
    public static IReadOnlyDictionary<string, string> Known() => Texts("known/");

    private static string Summary(string text) =>
        string.Join(' ', text.Split('\n').TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ').TrimEnd()));

    private static Dictionary<string, string> Texts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(resource => resource.StartsWith(folder, StringComparison.Ordinal)).Order().ToDictionary(
            resource => Path.GetFileNameWithoutExtension(resource),
            resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                return reader.ReadToEnd();
            });
    }

    /// <summary>Refuses a name of a set or a network that could be more than a name: part of a path, of a tag, of a command.</summary>
    internal static void CheckNameOfSet(string? name, string file) =>
        Require.That(
            name is { Length: > 0 and <= 100 } && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '=' or '-'),
            $"{file}: '{Printable.Short(name ?? "")}' is no name of a set or a network, which is made of letters, digits, dots, hyphens, equals "
                + $"signs and underscores.");

    /// <summary>Refuses a name that could not be part of a folder's.</summary>
    public static void CheckName(string name, string nameOrFile) =>
        Require.That(
            name.Length > 0 && name.All(letter => char.IsLetterOrDigit(letter) || letter == '-'),
            $"{nameOrFile}: a name is made of letters, digits and hyphens.");
}
