using System.Diagnostics.CodeAnalysis;

namespace Pentimento.Data;

/// <summary>Which columns of a table of pictures say file, class and split; where nothing is said, the names that are in use.</summary>
/// <param name="File">The column of files; empty for the first of file_name, file, filename, img_filename, image, path and their
/// like.</param>
/// <param name="Label">The column of classes; empty for the first of label, y, class and their like or, where there is none, the files'
/// folders.</param>
/// <param name="Split">The column of splits; empty for split or partition or, where there is none, the files' first folders.</param>
public readonly record struct TableColumns(string File = "", string Label = "", string Split = "") : IParsable<TableColumns>
{
    /// <summary>Reads <c>file=COLUMN,label=COLUMN,split=COLUMN</c>, of which each may be missing.</summary>
    /// <exception cref="BadInputException">It is not of this form.</exception>
    public static TableColumns Parse(string s, IFormatProvider? provider = null)
    {
        Require.That(
            TryParse(s, provider, out var columns),
            $"'{s}' does not name columns; expected file=NAME,label=NAME,split=NAME, of which each may be missing.");
        return columns;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TableColumns result)
    {
        result = default;
        foreach (var part in (s ?? "").Split(',').Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)))
        {
            if (part is not [var role, { Length: > 0 } name]) return false;
            switch (role.ToLowerInvariant())
            {
                case "file": result = result with { File = name }; break;
                case "label": result = result with { Label = name }; break;
                case "split": result = result with { Split = name }; break;
                default: return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        ',',
        new[] { KeyValuePair.Create("file", File), new("label", Label), new("split", Split) }
            .Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Key}={part.Value}"));
}
