using Pentimento.Tests.Cli;

namespace Pentimento.Tests.Docs;

/// <summary>The catalogue page is what the software says of itself.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void The_page_is_up_to_date()
    {
        var page = Command.Succeed("list", "--format", "md").Output;

        // Write it anew with: pentimento list --format md > docs/methods.md
        Assert.Equal(page, File.ReadAllText(Repository.At("docs/methods.md")));
    }
}
