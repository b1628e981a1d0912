using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Pentimento.Experiments;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Style;
using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;
using Pentimento.Studies;
using Pentimento.Studies.Parts;
using Xunit;

namespace Pentimento.Browser.Tests;

/// <summary>A study's page with a piece of each kind: a table, a plot, a picture, and a claim of each verdict.</summary>
public sealed class StudyPageTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 1200)]
    public async Task It_is_easy_to_read_and_never_scrolls_sideways(ColorScheme theme, int width)
    {
        var visit = await OpenAsync(width, theme);

        var found = await visit.Page.RunAxe();

        Assert.Empty(
            found.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        Assert.NotEmpty(found.Passes);
        Assert.Equal(width, await visit.AskAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_picture_is_held_once_and_its_link_takes_it_home()
    {
        var visit = await OpenAsync();

        Assert.Equal(1, await visit.AskAsync<int>("document.querySelectorAll('a[data-picture=picture-digits]').length"));
        Assert.True(
            await visit.AskAsync<bool>(
                """
                (link => link.href === document.getElementById(link.dataset.picture).src)(document.querySelector('a[data-picture=picture-digits]'))
                """));
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator("a[data-picture=picture-digits]").ClickAsync());
        Assert.Equal("digits.png", download.SuggestedFilename);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(Folder, "figures", "digits.png"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Claims_lead_to_what_shows_them()
    {
        var visit = await OpenAsync();

        Assert.Equal(3, await visit.AskAsync<int>("document.querySelectorAll(\".claims a[href^='#see-']\").length"));
        Assert.Empty(
            await visit.AskAsync<string[]>(
                "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href')).filter(h => !document.querySelector(h))"));
    }

    [Fact]
    public async Task The_first_screen_says_what_was_found_with_a_picture_and_the_command()
    {
        var visit = await OpenAsync();

        Assert.Equal("1 of 4 claims of the seed report holds", await visit.Page.Locator("h1").TextContentAsync());
        Assert.Contains("99.2% of predictions change.", await visit.Page.Locator("header").TextContentAsync());
        foreach (var part in new[] { "header svg, header .picture", "header .commands" })
        {
            var box = await visit.Page.Locator(part).First.BoundingBoxAsync();
            Assert.InRange(box!.Y + box.Height, 1, 900);
        }
    }

    [Fact]
    public async Task On_paper_words_stay_whole_and_a_tall_figure_fits_a_page()
    {
        // A4 with margins of 1 cm has 718x1047 pixels.
        var visit = await OpenAsync(718);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Empty(await visit.AskAsync<string[]>(BrokenWords));
        Assert.All(
            await visit.AskAsync<double[]>("[...document.querySelectorAll('figure')].map(figure => figure.getBoundingClientRect().height)"),
            height => Assert.InRange(height, 1, 1047));
    }

    private const string BrokenWords = """
        [...document.querySelectorAll('th, td')].flatMap(cell => [...cell.childNodes]).filter(node => node.nodeType === Node.TEXT_NODE)
          .flatMap(node => [...node.data.matchAll(/[A-Za-z]+/g)].filter(word => {
            const text = document.createRange();
            text.setStart(node, word.index);
            text.setEnd(node, word.index + word[0].length);
            return new Set([...text.getClientRects()].map(box => Math.round(box.top))).size > 1;
          }).map(word => word[0]))
        """;

    private string Folder => Path.Combine(browser.Run.Folder, "study");

    private async Task<Visit> OpenAsync(int width = 1200, ColorScheme theme = ColorScheme.Light)
    {
        var file = Path.Combine(Folder, "report.html");
        if (!File.Exists(file))
        {
            var folder = new RunFolder(Folder);
            var study = new Study(new() { Name = "by-hand" }, [Part(folder)], Provenance.Read(browser.Run)).Judged();
            await File.WriteAllTextAsync(file, StudyPage.Html(study, new FigureFiles(folder)));
        }

        return await browser.VisitAsync(width, theme, file);
    }

    private static StudyPart Part(RunFolder folder)
    {
        var writer = new ChapterWriter(folder.Folder);
        var picture = new Picture(28, 28, [.. Enumerable.Repeat((byte)90, 28 * 28 * 3)]);
        writer.Say("The same digits in every colour.");
        writer.Head("In numbers");
        writer.List(
            "shares",
            "Shares of the logits.",
            ["network", "colour", "shape"],
            [
                ["lazy", "94.3%", "0.9%"],
                ["repaired", "2.1%", "92.0%"],
            ]);
        writer.Draw(
            new Bars(
                "bars",
                "Bars of accuracy.",
                "accuracy",
                [new("lazy", PlotColors.Lazy, [new("rg_95z", 0.95, 0.94, 0.96), new("gr_95z", 0.01, 0, 0.02)])]),
            "Accuracy.");
        writer.Draw(
            new PictureTable(
                "digits",
                "Ten digits.",
                [new("lazy", [.. Enumerable.Range(0, 10).Select(digit => new Tile(picture, $"a {digit}", $"{digit}", digit == 3, ""))])]),
            "Digits.");
        writer.Draw(
            new PictureTable(
                "tall", "Forty rows.",
                [.. Enumerable.Range(0, 40).Select(row => new PictureRow($"{row}", [new(picture, "", "", false, "")]))]),
            "Forty rows.");
        writer.Claim(
            "It reads the colour.", "99.2% of predictions change.", "3 seeds", Estimate.OverSeeds([0.99, 0.99, 0.98]), Bound.Above(0.5), "shares");
        writer.Claim("It reads nothing else.", "0.9% of the logits are the shape's.", "1 seed",
            Estimate.OverSeeds([0.009]), Bound.Below(0.01), "bars");
        writer.Claim("Repair costs accuracy.", "It gains 4 points.", "3 seeds",
            Estimate.OverSeeds([-0.04, -0.05, -0.04]), Bound.Above(0.01), "digits");
        writer.Unmeasured("It is beautiful.", "Nothing says what that means.");
        return writer.Part("proof", "The proof");
    }
}
