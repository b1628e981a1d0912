using Microsoft.Playwright;
using Pentimento.Experiments;
using Pentimento.Reports;
using Pentimento.Reports.Telling;
using Xunit;

namespace Pentimento.Browser.Tests;

public sealed class ReportPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Every_picture_is_there_and_says_what_it_shows()
    {
        var visit = await browser.VisitAsync();

        Assert.True(await visit.AskAsync<int>("document.images.length") > 100);
        Assert.True(await visit.AskAsync<int>("document.querySelectorAll('svg').length") >= 9);
        Assert.Empty(await visit.AskAsync<string[]>("[...document.images].filter(i => !i.complete || !i.naturalWidth || !i.clientWidth).map(i => i.alt)"));
        Assert.Empty(await visit.AskAsync<string[]>("[...document.images].filter(i => !i.alt).map(i => i.outerHTML)"));
        Assert.Empty(await visit.AskAsync<string[]>(
            "[...document.querySelectorAll('svg')].filter(s => !s.getBoundingClientRect().width || !s.getBoundingClientRect().height || !s.getAttribute('aria-label')).map(s => s.outerHTML)"));
    }

    [Fact]
    public async Task Plots_hold_their_words_in_the_typeface_that_the_page_carries()
    {
        var visit = await browser.VisitAsync();

        Assert.Empty(await visit.AskAsync<string[]>("[...document.querySelectorAll('svg')].filter(s => !s.textContent.includes('accuracy') && !s.textContent.includes('loss') && !s.textContent.includes('answer')).map(s => s.getAttribute('aria-label'))"));
        Assert.True(await visit.AskAsync<bool>("document.fonts.ready.then(() => [...document.fonts].some(f => f.family.includes('Open Sans') && f.status === 'loaded'))"));
    }

    [Fact]
    public async Task Legends_name_every_set()
    {
        var visit = await browser.VisitAsync();
        var sets = Recipe.Read(browser.Run.At("recipe.yaml")).Evaluate;
        var curves = await visit.AskAsync<string[]>("[...document.querySelectorAll('svg[aria-label^=Accuracy]')].map(s => s.textContent)");

        Assert.Equal(2, curves.Length);
        Assert.All(curves, words => Assert.All(sets, set => Assert.Contains(set, words, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_fetched_and_nothing_complains()
    {
        var visit = await browser.VisitAsync();
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.All(visit.Requests, url => Assert.True(url.StartsWith("file:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));
        Assert.Single(visit.Requests, url => url.StartsWith("file:", StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
        Assert.True(new FileInfo(browser.Page).Length < 5_000_000);
    }

    [Fact]
    public async Task Headings_descend_one_step_at_a_time()
    {
        var visit = await browser.VisitAsync();
        var levels = await visit.AskAsync<int[]>("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])");

        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public async Task The_contents_lead_to_every_chapter_and_names_are_unique()
    {
        var visit = await browser.VisitAsync();

        Assert.Empty(await visit.AskAsync<string[]>("[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href')).filter(h => !document.querySelector(h))"));
        Assert.Equal(
            await visit.AskAsync<string[]>("[...document.querySelectorAll('nav a')].map(a => a.textContent)"),
            await visit.AskAsync<string[]>("[...document.querySelectorAll('h2')].map(h => h.textContent)"));
        Assert.True(await visit.AskAsync<bool>("(ids => ids.length === new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))"));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1600)]
    public async Task The_page_never_scrolls_sideways(int width)
    {
        var visit = await browser.VisitAsync(width);

        Assert.Equal(width, await visit.AskAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_headline_shows_the_numbers_of_the_results()
    {
        var visit = await browser.VisitAsync();
        var report = RunReport.Read(browser.Run);
        var headline = await visit.AskAsync<string>("document.querySelector('header').innerText");

        foreach (var network in Story.Networks)
        {
            foreach (var share in new[] { report.Own(network), report.Reversed(network) })
            {
                Assert.Contains(Numbers.Percent(share.Value), headline, StringComparison.Ordinal);
                Assert.Contains(Numbers.Interval(share), headline, StringComparison.Ordinal);
                Assert.Contains(Numbers.Counts(share), headline, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Both_themes_are_easy_to_read()
    {
        var light = await (await browser.VisitAsync(theme: ColorScheme.Light)).AskAsync<string>(BackgroundOfBody);
        var dark = await (await browser.VisitAsync(theme: ColorScheme.Dark)).AskAsync<string>(BackgroundOfBody);

        Assert.NotEqual(light, dark);
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var visit = await browser.VisitAsync(theme: theme);
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

    private const string BackgroundOfBody = "getComputedStyle(document.body).backgroundColor";

    // The contrast ratio of WCAG 2.2 between an element's words and the page.
    private static string Contrast(string selector) => $$"""
        (() => {
          const light = css => css.match(/[\d.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], .05);
          const pair = [light(getComputedStyle(document.querySelector('{{selector}}')).color), light({{BackgroundOfBody}})];
          return Math.max(...pair) / Math.min(...pair);
        })()
        """;
}
