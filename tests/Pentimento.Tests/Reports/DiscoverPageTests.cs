using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Pages;
using Pentimento.Tests.Discovery;

namespace Pentimento.Tests.Reports;

/// <summary>The page of a network that reads a corner.</summary>
public sealed class DiscoverPageTests
{
    private const string Corner = "cell:grid=4,row=0,column=0";
    private static readonly Lazy<string> Page = new(() => Written(2));

    [Fact]
    public void The_suspect_stands_with_its_numbers_its_pictures_and_what_to_do()
    {
        Assert.Contains("<code>cell:grid=4,row=0,column=0</code> is a shortcut", Page.Value, StringComparison.Ordinal);
        Assert.Contains("the top left corner, 1/4 of each side", Page.Value, StringComparison.Ordinal);
        Assert.All(["available", "followed", "costly"], name => Assert.Contains($"<dt>{name}</dt>", Page.Value, StringComparison.Ordinal));
        Assert.Contains("data:image/png;base64,", Page.Value, StringComparison.Ordinal);
        Assert.Contains($"pentimento audit lazy.onnx --data photos --cue {Corner}", Page.Value, StringComparison.Ordinal);
        Assert.Contains($"pentimento repair lazy.onnx --data photos --against {Corner} --out repaired.onnx", Page.Value, StringComparison.Ordinal);
        Assert.Contains("pentimento check repaired.onnx", Page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_slices_and_witnesses_have_their_chapters()
    {
        Assert.All(
            ["suspects", "classes", "cues", "properties", "slices", "witnesses"],
            id => Assert.Contains($"<section id=\"{id}\"", Page.Value, StringComparison.Ordinal));
        Assert.Contains("<strong>tells</strong>", Page.Value, StringComparison.Ordinal);
        Assert.Contains("points to another class", Page.Value, StringComparison.Ordinal);
        Assert.Contains("told\n                from their ground by", Page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_classes_are_escaped()
    {
        Assert.DoesNotContain("<script>alert", Page.Value, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", Page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_found_it_says_what_would_have_been()
    {
        var page = Written(0);

        Assert.Contains("would have been seen", page, StringComparison.Ordinal);
        Assert.Contains("<p>None.</p>", page, StringComparison.Ordinal);
        Assert.Contains("No property tells", page, StringComparison.Ordinal);
        Assert.Contains("No group of similar images stands out", page, StringComparison.Ordinal);
    }

    private static string Written(double weight)
    {
        using var network = CornerReader.Network(weight);
        var set = CornerReader.Images(300);
        var named = new ImageSet(set.Name, set.PixelArray, set.Labels, [], set.Shape)
        {
            ClassNames = ["left", "<script>alert(1)</script>", "right"],
        };
        var operation = new Discover
        {
            Model = "lazy.onnx",
            Data = "photos",
            Cues = [Corner, "border", "cell:grid=4,row=3,column=3"],
            Pairs = 200,
            Out = "page.html",
        };
        return Rendering.Html<DiscoverDocument>(new()
        {
            ["Operation"] = operation,
            ["Result"] = Discover.Of(network, named, new(operation.Cues, operation.Pairs), operation.Slices, RunContext.OnCpu(1), pictures: 6),
        });
    }
}
