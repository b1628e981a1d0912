using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Runs;
using Xunit;

namespace Pentimento.Browser.Tests;

public sealed class ReportPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Every_picture_is_there_and_says_what_it_shows()
    {
        var visit = await browser.ReadAsync();

        Assert.True(await visit.AskAsync<int>("document.images.length") > 100);
        Assert.True(await visit.AskAsync<int>("document.querySelectorAll('svg').length") >= 11);
        Assert.Empty(
            await visit.AskAsync<string[]>("[...document.images].filter(i => !i.complete || !i.naturalWidth || !i.clientWidth).map(i => i.alt)"));
        Assert.Empty(await visit.AskAsync<string[]>("[...document.images].filter(i => !i.alt).map(i => i.outerHTML)"));
        Assert.Empty(
            await visit.AskAsync<string[]>(
                """
                [...document.querySelectorAll('svg')]
                  .filter(s => !s.getBoundingClientRect().width || !s.getBoundingClientRect().height || !s.getAttribute('aria-label'))
                  .map(s => s.outerHTML)
                """));
    }

    [Fact]
    public async Task Plots_hold_their_text_in_the_typeface_that_the_page_carries()
    {
        var visit = await browser.ReadAsync();

        Assert.Empty(
            await visit.AskAsync<string[]>(
                """
                [...document.querySelectorAll('svg')]
                  .filter(s => ['accuracy', 'loss', 'prediction', 'probability'].every(label => !s.textContent.includes(label)))
                  .map(s => s.getAttribute('aria-label'))
                """));
        Assert.True(
            await visit.AskAsync<bool>(
                "document.fonts.ready.then(() => [...document.fonts].some(f => f.family.includes('Open Sans') && f.status === 'loaded'))"));
    }

    [Fact]
    public async Task Legends_name_every_set()
    {
        var visit = await browser.ReadAsync();
        var sets = Recipe.Read(browser.Run.At("recipe.yaml")).Evaluate;
        var curves = await visit.AskAsync<string[]>("[...document.querySelectorAll('svg[aria-label^=Accuracy]')].map(s => s.textContent)");

        Assert.Equal(2, curves.Length);
        Assert.All(curves, text => Assert.All(sets, set => Assert.Contains(set, text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_fetched_and_nothing_complains()
    {
        var visit = await browser.VisitAsync();
        Assert.True(await visit.AskAsync<bool>("new Promise(done => requestIdleCallback(() => done(true)))"));

        Assert.All(visit.Requests, url =>
            Assert.True(url.StartsWith("file:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));
        Assert.Single(visit.Requests, url => url.StartsWith("file:", StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
        Assert.True(new FileInfo(browser.Page).Length < 5_000_000);
    }

    [Fact]
    public async Task Headings_descend_one_step_at_a_time()
    {
        var visit = await browser.ReadAsync();
        var levels = await visit.AskAsync<int[]>("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])");

        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public async Task The_contents_lead_to_every_chapter_and_names_are_unique()
    {
        var visit = await browser.ReadAsync();

        Assert.Empty(
            await visit.AskAsync<string[]>(
                "[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href')).filter(h => !document.querySelector(h))"));
        Assert.Equal(
            await visit.AskAsync<string[]>("[...document.querySelectorAll('nav a')].map(a => a.textContent)"),
            await visit.AskAsync<string[]>("[...document.querySelectorAll('h2')].map(h => h.textContent)"));
        Assert.True(await visit.AskAsync<bool>("(ids => ids.length === new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))"));
    }

    [Fact]
    public async Task The_headline_shows_the_numbers_of_the_results()
    {
        var visit = await browser.ReadAsync();
        var report = RunReport.Read(browser.Run);
        var headline = await visit.AskAsync<string>("document.querySelector('header').innerText");

        foreach (var network in Recipe.Networks)
        {
            foreach (var share in new[] { report.Own(network), report.Reversed(network) })
            {
                Assert.Contains(Numbers.Percent(share.Value), headline, StringComparison.Ordinal);
                Assert.Contains(Numbers.Interval(share), headline, StringComparison.Ordinal);
                Assert.Contains(Numbers.Counts(share), headline, StringComparison.Ordinal);
            }

            Assert.Contains(Numbers.Percent(report.Recolored(network).FlipRate), headline, StringComparison.Ordinal);
            Assert.Contains(Numbers.Interval(report.Recolored(network).Low, report.Recolored(network).High), headline, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_proof_begins_with_the_same_digits_in_every_colour()
    {
        var visit = await browser.ReadAsync();
        var report = RunReport.Read(browser.Run);

        var first = await visit.AskAsync<string>("document.querySelector('#proof table').innerText");
        var figures = await visit.AskAsync<string[]>("[...document.querySelectorAll('#proof [data-figure]')].map(f => f.dataset.figure)");

        Assert.Equal(["hues-lazy", "hues-repaired", "accuracy"], figures.Take(3));
        Assert.All(report.Results.Audit, audit =>
        {
            Assert.Equal(report.ReversedSet, audit.Data);
            foreach (var share in new[] { audit.Recoloring.FlipRate, audit.Recoloring.Shares!.Color.Value, audit.Recoloring.Shares.Shape.Value })
                Assert.Contains(Numbers.Percent(share), first, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Both_themes_are_easy_to_read()
    {
        var visit = await browser.VisitAsync();
        var light = await visit.AskAsync<string>(BackgroundOfBody);
        await visit.AsAsync(1200, ColorScheme.Dark);

        Assert.NotEqual(light, await visit.AskAsync<string>(BackgroundOfBody));
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await visit.AsAsync(1200, theme);
            Assert.InRange(await visit.AskAsync<double>(Contrast("body")), 7, 21);
            Assert.InRange(await visit.AskAsync<double>(Contrast("figcaption")), 4.5, 21);
            Assert.InRange(await visit.AskAsync<double>(Contrast("nav a")), 4.5, 21);
        }
    }

    [Fact]
    public void The_same_run_gives_the_same_page_and_figures()
    {
        var files = Directory.GetFiles(browser.Run.At("figures")).Append(browser.Page).ToDictionary(file => file, File.ReadAllBytes);

        ReportPage.Write(browser.Run);

        Assert.True(files.Count > 20);
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public async Task A_plot_shows_its_numbers_to_mouse_finger_and_keyboard()
    {
        var visit = await browser.VisitAsync();
        var row = RunReport.Read(browser.Run).Results.Evaluations[1].Sets[1];
        var expected = $"swapped colours in 95% ({row.Data}), repaired: {Numbers.Percent(row.Accuracy)} "
            + $"({Numbers.Percent(row.Low)} to {Numbers.Percent(row.High)})";
        Task<string> Tip() => visit.AskAsync<string>("document.querySelector('.tip').textContent");
        var plot = visit.Page.Locator("svg[aria-label^='Bars of accuracy']");
        await plot.ScrollIntoViewIfNeededAsync();
        var place = await plot.EvaluateAsync<double[]>(
            """
            svg => (box => [box.x + box.width / 2 + 6, box.y + box.height / 2 + 2])(
              [...svg.querySelectorAll('.marks circle')][5 + 1].getBoundingClientRect())
            """);

        await visit.Page.Mouse.MoveAsync((float)place[0], (float)place[1]);
        Assert.Equal(expected, await Tip());
        Assert.True(
            await visit.AskAsync<bool>(
                "(b => b.left >= 0 && b.right <= innerWidth && b.top >= 0)(document.querySelector('.tip').getBoundingClientRect())"));
        await visit.Page.Mouse.MoveAsync(2, 2);
        Assert.Equal("", await Tip());

        await plot.DispatchEventAsync("pointerdown", new { clientX = place[0], clientY = place[1], pointerType = "touch" });
        await plot.DispatchEventAsync("pointerleave", new { pointerType = "touch" });
        Assert.Equal(expected, await Tip());

        await plot.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        for (var step = 0; step < 7; step++) await visit.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(expected, await Tip());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Every_figure_can_be_downloaded_without_the_network()
    {
        var visit = await browser.VisitAsync();

        Assert.Empty(
            await visit.AskAsync<string[]>(
                "[...document.querySelectorAll('figure')].filter(f => !f.querySelector('a[download]')).map(f => f.outerHTML.slice(0, 200))"));
        foreach (var file in new[] { "accuracy.svg", "accuracy.csv", "canvas-rg_95z.png", "look-rg_95z.png", "confusion-lazy-gr_95z.csv" })
        {
            var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator($"a[download='{file}']").ClickAsync());
            Assert.Equal(file, download.SuggestedFilename);
            Assert.Equal(
                await File.ReadAllBytesAsync(browser.Run.At($"figures/{file}"), TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        }

        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 1600)]
    public async Task An_accessibility_checker_finds_nothing(ColorScheme theme, int width)
    {
        var visit = await browser.VisitAsync(width, theme);

        var found = await visit.Page.RunAxe();

        Assert.Empty(
            found.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        Assert.NotEmpty(found.Passes);
    }

    [Fact]
    public async Task The_contents_stand_beside_the_chapters_or_wait_behind_their_heading()
    {
        var wide = await browser.VisitAsync(1600);
        Assert.True(
            await wide.AskAsync<bool>(
                "document.querySelector('.contents').getBoundingClientRect().right <= document.querySelector('h2').getBoundingClientRect().left"));
        await wide.AskAsync<int>("(scrollTo(0, 3000), 0)");
        Assert.True(
            await wide.AskAsync<bool>(
                "(box => box.top >= 0 && box.bottom <= innerHeight)(document.querySelector('.contents').getBoundingClientRect())"));

        var phone = await browser.VisitAsync(360);
        Assert.False(await phone.AskAsync<bool>("document.querySelector('.contents details').open"));
        await phone.Page.Locator(".contents summary").ClickAsync();
        await phone.Page.Locator(".contents a").Nth(2).ClickAsync();
        Assert.False(await phone.AskAsync<bool>("document.querySelector('.contents details').open"));
        Assert.EndsWith("#proof", phone.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_says_the_same_and_links_figures_that_are_there()
    {
        var text = await File.ReadAllTextAsync(ReportPage.Write(browser.Run, PageFormat.Md), TestContext.Current.CancellationToken);
        var report = RunReport.Read(browser.Run);

        Assert.StartsWith("Pentimento", text, StringComparison.Ordinal);
        Assert.Equal(
            ["The biased canvas", "The lazy network", "The proof", "The repair", "Where they look", "Under attack", "How it was made"],
            text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]));
        Assert.Contains(
            $"| usual colours in 95% `rg_95z` | {Numbers.Percent(report.Own("lazy").Value)} {Numbers.Interval(report.Own("lazy"))}",
            text,
            StringComparison.Ordinal);
        var links = System.Text.RegularExpressions.Regex.Matches(text, @"\]\((figures/[^)]+)\)").Select(match => match.Groups[1].Value).ToList();
        Assert.True(links.Count >= 15);
        Assert.All(links, link => Assert.True(File.Exists(browser.Run.At(link)), link));
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
    }

    private const string BackgroundOfBody = "getComputedStyle(document.body).backgroundColor";

    // The contrast ratio of WCAG 2.2 between an element's text and the page.
    private static string Contrast(string selector) => $$"""
        (() => {
          const light = css => css.match(/[\d.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], .05);
          const pair = [light(getComputedStyle(document.querySelector('{{selector}}')).color), light({{BackgroundOfBody}})];
          return Math.max(...pair) / Math.min(...pair);
        })()
        """;
}
