using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pentimento.Tests.Docs;

/// <summary>Whoever's work is handed out is named.</summary>
public sealed partial class NoticeTests
{
    [Fact]
    public void Every_package_of_the_command_is_in_the_notices()
    {
        var named = Name().Matches(File.ReadAllText(Repository.At("THIRD-PARTY-NOTICES.md"))).Select(match => match.Value).ToHashSet();
        using var locked = JsonDocument.Parse(File.ReadAllText(Repository.At("src/Pentimento.Cli/packages.lock.json")));
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject();

        Assert.All(
            packages.Where(package => package.Value.GetProperty("type").GetString() != "Project"),
            package => Assert.Contains(package.Name, named));
    }

    [Fact]
    public void Lock_files_name_no_source_of_packages() => Assert.All(
        Repository.Sources("", ".json").Where(file => Path.GetFileName(file) == "packages.lock.json"),
        file => Assert.DoesNotContain("://", File.ReadAllText(file), StringComparison.Ordinal));

    [GeneratedRegex(@"[\w.-]*\w")]
    private static partial Regex Name();
}
