namespace Pentimento.Tests.Architecture;

/// <summary>A rule's findings, all of them told: xunit's own message would cut them short.</summary>
internal static class Nothing
{
    /// <summary>Fails with one line for each finding.</summary>
    public static void In(IEnumerable<string> findings)
    {
        var all = findings.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
