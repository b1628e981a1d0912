using System.Text.RegularExpressions;

namespace Pentimento.Tests.Docs;

/// <summary>The public types are chosen by hand: each stands in the manual under what its user does.</summary>
public sealed partial class PublicTypesTests
{
    [Fact]
    public void Each_stands_once_in_the_manual()
    {
        var manual = File.ReadAllText(Repository.At("docs/library.md")).Split("## What is public")[1];
        var listed = Word().Matches(manual).Select(word => word.Groups[1].Value).Order(StringComparer.Ordinal);

        var types = typeof(Session).Assembly.GetExportedTypes().Select(type => type.Name.Split('`')[0]);
        Assert.Equal(types.Distinct().Order(StringComparer.Ordinal), listed);
    }

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex Word();
}
