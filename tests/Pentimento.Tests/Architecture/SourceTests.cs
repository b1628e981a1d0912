using System.Text.RegularExpressions;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Architecture;

/// <summary>House rules that the compiler does not know.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 300;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_file_is_longer_than_anyone_reads(string folder) => Assert.All(
        Repository.Sources(folder, ".cs", ".razor"),
        file => Assert.True(File.ReadLines(file).Count() <= LongestFile, $"{file} has more than {LongestFile} lines."));

    [Theory]
    // Tensors are freed by dispose scopes, devices come with the run context, and every draw has its own generator.
    [InlineData("GC.Collect")]
    [InlineData(".cuda(")]
    [InlineData("manual_seed(")]
    [InlineData("new Random(")]
    [InlineData("Random.Shared")]
    // TorchSharp's variance over all values ignores unbiased: false.
    [InlineData(".var(unbiased")]
    [InlineData(".std(unbiased")]
    public void What_the_house_never_says_is_not_said(string words) => Assert.All(
        Repository.Sources("src", ".cs", ".razor"),
        file => Assert.False(File.ReadAllText(file).Contains(words, StringComparison.Ordinal), $"{file} says {words}"));

    [Fact]
    public void Nobody_catches_everything() => Assert.All(
        Repository.Sources("src/Pentimento", ".cs"),
        file => Assert.False(CatchAll().IsMatch(File.ReadAllText(file)), $"{file} catches every exception."));

    [Fact]
    public void Every_member_of_the_catalogue_is_in_a_file_of_its_name_or_its_familys() => Assert.All(
        Catalog.Families.SelectMany(family => family.Members),
        member =>
        {
            var names = new[] { member.Type.Name, member.Type.BaseType!.Name };
            Assert.Contains(Repository.Sources("src", ".cs"), file =>
                names.Contains(Path.GetFileNameWithoutExtension(file))
                && File.ReadAllText(file).Contains($"record {member.Type.Name}", StringComparison.Ordinal));
        });

    // A filter (when) says which failures are meant.
    [GeneratedRegex(@"catch\s*(\(\s*(System\.)?Exception(\s+\w+)?\s*\))?\s*(\r?\n)?\s*\{")]
    private static partial Regex CatchAll();
}
