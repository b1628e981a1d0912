namespace Pentimento.Tests.Architecture;

/// <summary>
/// What breaks a rule of the house since before the rule, in a file of one entry a line: the list only shrinks. <c>#</c> begins a comment.
/// </summary>
internal static class Allowed
{
    /// <summary>The entries of a list in <c>Architecture/Allowed</c>.</summary>
    public static HashSet<string> In(string list) =>
    [
        .. File.ReadLines(Repository.At($"tests/Pentimento.Tests/Architecture/Allowed/{list}.txt"))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0),
    ];
}
