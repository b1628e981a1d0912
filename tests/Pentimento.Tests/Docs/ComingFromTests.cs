using System.Text.RegularExpressions;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Docs;

/// <summary>Who comes from elsewhere is told names that exist.</summary>
public sealed partial class ComingFromTests
{
    [Fact]
    public void Every_method_and_setting_that_is_named_is_known()
    {
        var members = Catalog.Families.SelectMany(family => family.Members).ToList();
        var known = members.Select(member => member.Name).Concat(members.SelectMany(member => Settings.Of(member.Type).All.Select(one => one.Name)))
            .ToHashSet();

        var named = File.ReadLines(Repository.At("docs/coming-from.md")).Where(line => line.StartsWith('|'))
            .SelectMany(line => Hyphened().Matches(line.Split('|')[2]).Select(word => word.Groups[1].Value)).ToList();

        Assert.True(named.Count > 12);
        Assert.Empty(named.Except(known));
    }

    [GeneratedRegex("`([a-z]+(?:-[a-z0-9]+)+)`")]
    private static partial Regex Hyphened();
}
