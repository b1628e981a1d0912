using System.Globalization;

namespace Pentimento.Data;

/// <summary>Writes sets as pictures in Hugging Face's layout: a folder a split, and one <c>metadata.csv</c> with the column
/// <c>file_name</c>.</summary>
internal static class ImageFolderWriter
{
    /// <summary>Writes sets; the folder must be new or empty, and appears whole.</summary>
    /// <remarks>Pictures that were not scaled are copied as they are, under their own names; all others are written as PNG.</remarks>
    /// <exception cref="BadInputException">The folder holds something already, or an attribute's name cannot be a column.</exception>
    public static void Write(string folder, IReadOnlyList<(Split Split, ImageSet Set)> sets, RunContext run)
    {
        Require.That(!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any(), $"{folder} is not empty.");
        string[] attributes = [.. sets.SelectMany(part => part.Set.Attributes.Keys).Distinct()];
        var odd = Array.Find(attributes, name => name != Csv.Cell(name) || name is "file_name" or "label" or "split");
        Require.That(odd is null, $"'{odd}' cannot be a column of {Path.Combine(folder, "metadata.csv")}.");
        CheckValues(folder, sets, attributes);
        var withColors = sets.All(part => part.Set.Colors.Length > 0);
        SafeFolder.Replace(folder, beside =>
        {
            string[] colors = withColors ? ["color"] : [];
            var rows = new List<IEnumerable<string>> { (string[])["file_name", "label", "split", .. colors, .. attributes] };
            foreach (var (split, set) in sets)
            {
                var names = FileNames(set, SplitNames.Of(split));
                for (var at = 0; at < set.Count; at++)
                {
                    Put(set, at, beside, names[at]);
                    rows.Add(Row(set, at, names[at], SplitNames.Of(split), withColors, attributes));
                    run.Report(new($"write {SplitNames.Of(split)} pictures", at + 1, set.Count));
                }
            }

            File.WriteAllText(Path.Combine(beside, "metadata.csv"), Csv.Text(rows, "\n"));
        });
    }

    /// <summary>A table shows no control characters: two names that differ in them alone would become one.</summary>
    private static void CheckValues(string folder, IReadOnlyList<(Split Split, ImageSet Set)> sets, string[] attributes)
    {
        var values = sets.SelectMany(part => part.Set.Labels.Distinct().Select(label => part.Set.ValueName("label", label)).Concat(
            attributes.Where(part.Set.Attributes.ContainsKey).SelectMany(name =>
                part.Set.Attributes[name].Distinct().Select(value => part.Set.ValueName(name, value)))));
        var hidden = values.FirstOrDefault(value => value != Printable.Of(value, lines: true));
        Require.That(
            hidden is null, $"The name '{hidden}' holds control characters, which {Path.Combine(folder, "metadata.csv")} cannot show; rename it.");
    }

    private static IEnumerable<string> Row(ImageSet set, int at, string file, string split, bool withColors, string[] attributes)
    {
        string[] colors = withColors ? [set.Colors[at].ToString(CultureInfo.InvariantCulture)] : [];
        return
        [
            file, set.ValueName("label", set.Labels[at]), split, .. colors,
            .. attributes.Select(name => set.Attributes.TryGetValue(name, out var values) ? set.ValueName(name, values[at]) : ""),
        ];
    }

    /// <summary>Where each picture of a set goes: its own name below the split's folder, or its place.</summary>
    private static string[] FileNames(ImageSet set, string split)
    {
        var names = new string[set.Count];
        for (var at = 0; at < names.Length; at++)
        {
            var own = set.Files.Count > 0 ? Safe(set.Files[at]) : string.Create(CultureInfo.InvariantCulture, $"{at:000000}.png");
            var beginning = own.Split('/')[0];
            var below = SplitNames.Named(beginning) is not null && own.Length > beginning.Length ? own[(beginning.Length + 1)..] : own;
            names[at] = $"{split}/{(IsCopied(set, at) ? below : Path.ChangeExtension(below, ".png"))}";
        }

        // Of two that would be one, such as a.jpg and a.png, the second keeps its ending within its name.
        var taken = new HashSet<string>();
        for (var at = 0; at < names.Length; at++)
            if (!taken.Add(names[at])) taken.Add(names[at] = $"{Path.ChangeExtension(names[at], null)}-{at:000000}{Path.GetExtension(names[at])}");
        return names;
    }

    /// <summary>A file's name without what would lead out of a folder, or what a terminal would obey.</summary>
    private static string Safe(string file) =>
        string.Join('/', Printable.Of(file).Split('/', '\\').Where(part =>
            part is not ("" or "." or "..") && !part.Contains(':') && !part.Contains('\0')));

    private static bool IsCopied(ImageSet set, int at) => set.Source is PictureFiles pictures && pictures.IsAsItWas(at);

    private static void Put(ImageSet set, int at, string folder, string file)
    {
        var target = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (set.Source is PictureFiles pictures && pictures.IsAsItWas(at)) File.Copy(pictures.FileOf(at), target);
        else File.WriteAllBytes(target, ImageFile.Png(set.PixelsOf(at), set.Shape));
    }
}
