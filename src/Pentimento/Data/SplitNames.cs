namespace Pentimento.Data;

/// <summary>What people call splits, in tables, as folders and behind a colon.</summary>
internal static class SplitNames
{
    private static readonly Dictionary<string, Split> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = Split.Train,
        ["training"] = Split.Train,
        ["val"] = Split.Val,
        ["valid"] = Split.Val,
        ["validation"] = Split.Val,
        ["dev"] = Split.Val,
        ["test"] = Split.Test,
        ["testing"] = Split.Test,
    };

    // WILDS, Waterbirds and CelebA number them.
    private static readonly Dictionary<string, Split> Numbered = new() { ["0"] = Split.Train, ["1"] = Split.Val, ["2"] = Split.Test };

    /// <summary>The split that a word names; null for another word.</summary>
    public static Split? Named(string word) => Known.TryGetValue(word.Trim(), out var split) ? split : null;

    /// <summary>The split that a table's cell names, by a word or WILDS' number; null for another.</summary>
    public static Split? InTable(string cell) => Numbered.TryGetValue(cell.Trim(), out var split) ? split : Named(cell);

    /// <summary>The name of a split in files that are written: train, val or test.</summary>
    public static string Of(Split split) => split.ToString().ToLowerInvariant();
}
