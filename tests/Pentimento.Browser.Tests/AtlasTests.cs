using Pentimento.Evaluation;
using Pentimento.Probing;
using Pentimento.Reports;
using Pentimento.Reports.Atlases;
using Pentimento.Reports.Pictures;
using Xunit;

namespace Pentimento.Browser.Tests;

public sealed class AtlasTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Roles = ["traitor", "hero", "both", "none", "dead"];

    [Fact]
    public async Task Every_neuron_has_its_card_and_every_picture_is_there()
    {
        var visit = await OpenAsync();

        Assert.Equal(20, await visit.AskAsync<int>("document.querySelectorAll('.neurons .neuron').length"));
        Assert.Empty(
            await visit.AskAsync<string[]>(
                "[...document.images].filter(i => !i.complete || !i.naturalWidth || !i.clientWidth || !i.alt).map(i => i.outerHTML)"));
        Assert.Equal(4, await visit.AskAsync<int>("document.querySelectorAll('svg').length"));
        Assert.Equal(
            25.0,
            await visit.AskAsync<double>(
                """
                (width => Math.round(100 * width('#relu2-5 .of-color') / width('#relu2-5 dd') / .6))(
                  selector => document.querySelector(selector).getBoundingClientRect().width)
                """),
            1.0);
        Assert.Empty(
            await visit.AskAsync<string[]>(
                "[...document.querySelectorAll('.ranking a')].map(a => a.getAttribute('href')).filter(h => !document.querySelector(h))"));
        Assert.True(await visit.AskAsync<bool>("(ids => ids.length === new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))"));
    }

    [Fact]
    public async Task Cards_are_filtered_and_sorted_in_the_page()
    {
        var visit = await OpenAsync();
        Task<string[]> Shown() => visit.AskAsync<string[]>("[...document.querySelectorAll('.neurons .neuron')].map(card => card.id)");

        await visit.Page.SelectOptionAsync("select[name=role]", "hero");
        Assert.Equal(["relu2-1", "relu2-6", "relu3-1", "relu3-6"], await Shown());
        await visit.Page.SelectOptionAsync("select[name=layer]", "relu3");
        Assert.Equal(["relu3-1", "relu3-6"], await Shown());
        await visit.Page.SelectOptionAsync("select[name=sort]", "polysemantic");
        Assert.Equal(["relu3-6", "relu3-1"], await Shown());
        Assert.Equal("2 of 20 neurons", await visit.AskAsync<string>("document.querySelector('output').textContent"));
        await visit.Page.SelectOptionAsync("select[name=role]", "");
        await visit.Page.CheckAsync("input[name=active]");
        Assert.Equal(["relu3-9", "relu3-8", "relu3-7", "relu3-6", "relu3-5"], await Shown());
    }

    [Fact]
    public async Task Nothing_is_fetched_and_nothing_complains()
    {
        var visit = await OpenAsync();
        // All that scripts of the page begin is begun when it idles; network idleness is never reached on some busy machines.
        Assert.True(await visit.AskAsync<bool>("new Promise(done => requestIdleCallback(() => done(true)))"));

        Assert.Single(visit.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_page_never_scrolls_sideways()
    {
        var visit = await OpenAsync();
        foreach (var width in new[] { 320, 820, 1600 })
            Assert.Equal(width, await (await visit.AsAsync(width)).AskAsync<int>("document.documentElement.scrollWidth"));
    }

    private async Task<Visit> OpenAsync(int width = 1200)
    {
        var file = Path.Combine(browser.Run.Folder, "atlas.html");
        if (!File.Exists(file)) await File.WriteAllTextAsync(file, Page());
        return await browser.VisitAsync(width, page: file);
    }

    /// <summary>Two layers of ten neurons, two of each role; the later half of each is active.</summary>
    private static string Page()
    {
        var picture = new Picture(28, 28, [.. Enumerable.Repeat((byte)90, 28 * 28 * 3)]);
        var strip = Picture.Row([.. Enumerable.Repeat(picture, 8)]);
        var cards = new[] { "relu2", "relu3" }
            .SelectMany(layer => Enumerable.Range(0, 10).Select(at => new AtlasCard(Neuron(layer, at), picture, strip, strip)))
            .ToList();
        var groups = new[] { new AblatedGroup("none", [], new Dictionary<string, Share> { ["rg_95z"] = new(95, 100), ["gr_95z"] = new(3, 100) }) };
        return AtlasPage.Html(new("lazy", "un_0z", "bw_100z", null, [new("relu2", groups, 0.9, 0.4), new("relu3", [], null, null)], cards));
    }

    private static Neuron Neuron(string layer, int at) =>
        new(
            layer,
            at,
            Roles[at % 5],
            0.9,
            0.5,
            0.4,
            0.5,
            0.4,
            0.3,
            0.2,
            0.05 * at,
            0.2,
            0.1,
            0.01,
            0.01,
            0.02,
            0.2,
            at / 5.0,
            at >= 5,
            1,
            0.5,
            at / 5.0,
            4,
            [1, 2],
            new Dictionary<string, double> { ["rg_95z"] = -0.01 }
        );
}
