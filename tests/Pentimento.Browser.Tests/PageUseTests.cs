using Microsoft.Playwright;
using Pentimento.Reports.Runs;
using Xunit;

namespace Pentimento.Browser.Tests;

/// <summary>What a reader does with a page: on a phone, on paper, opening pictures, filtering and sorting.</summary>
public sealed class PageUseTests(Browser browser) : IClassFixture<Browser>
{
    private const string Accuracies = "[aria-label='Accuracy of both networks on every set'] table";

    [Fact]
    public async Task The_page_never_scrolls_sideways_and_its_tables_show_every_value()
    {
        var visit = await browser.VisitAsync();
        foreach (var width in new[] { 320, 390, 820, 1600 })
        {
            await visit.AsAsync(width);
            Assert.Equal(width, await visit.AskAsync<int>("document.documentElement.scrollWidth"));
            if (width > 640) continue;
            // On a phone each number stands in the window, below the name of its column.
            Assert.Empty(await visit.AskAsync<string[]>(
                """
                [...document.querySelectorAll('.stacked td')].filter(cell => cell.offsetParent && cell.getBoundingClientRect().right > innerWidth)
                  .map(cell => cell.textContent)
                """));
            Assert.True(await visit.AskAsync<bool>("[...document.querySelectorAll('#proof .stacked td')].every(cell => cell.dataset.label)"));
        }
    }

    [Fact]
    public async Task On_paper_nothing_is_clipped_and_the_recipe_is_unfolded()
    {
        var visit = await browser.VisitAsync(718);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await visit.AskAsync<bool>("dispatchEvent(new Event('beforeprint'))");

        Assert.Empty(await visit.AskAsync<string[]>(
            "[...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.ariaLabel)"));
        Assert.True(await visit.AskAsync<bool>("[...document.querySelectorAll('#making pre')].every(text => text.offsetHeight > 100)"));
        await visit.AskAsync<bool>("dispatchEvent(new Event('afterprint'))");
        Assert.Equal(0, await visit.AskAsync<int>("document.querySelectorAll('main section details[open]').length"));
    }

    [Fact]
    public async Task A_picture_opens_large_with_what_every_network_sees_in_it_and_closes_again()
    {
        var visit = await browser.VisitAsync();
        var picture = visit.Page.Locator("#focus .pictures").First.Locator("img").First;

        await picture.ClickAsync();

        var views = visit.Page.Locator(".viewer figure");
        Assert.Equal(3, await views.CountAsync());
        Assert.Contains("lazy: 0", await visit.Page.Locator(".viewer").TextContentAsync(), StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(visit.Page.Locator(".viewer h2")).ToHaveTextAsync("a 1");
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.False(await visit.Page.Locator(".viewer").IsVisibleAsync());
        // By the keyboard alone: one stop a row, arrows between its pictures.
        await picture.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".viewer h2")).ToHaveTextAsync("a 1");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_filter_and_an_order_stand_in_the_address_and_come_back_with_it()
    {
        var visit = await browser.VisitAsync();
        var reversed = RunReport.Read(browser.Run).ReversedSet;
        var shown = $"[...document.querySelectorAll('[data-figure=\"look-{reversed}\"] tr:first-child td')].filter(cell => !cell.hidden).length";
        await visit.Page.Locator($"[data-figure='look-{reversed}'] .seek select").Nth(1).SelectOptionAsync("3");
        Assert.Equal(1, await visit.AskAsync<int>(shown));
        var table = visit.Page.Locator(Accuracies);
        await table.Locator("th button").Nth(1).ClickAsync();
        var order = await table.Locator("tbody th").AllTextContentsAsync();

        var again = await browser.VisitAsync(page: visit.Page.Url);

        Assert.Equal(1, await again.AskAsync<int>(shown));
        var found = again.Page.Locator(Accuracies);
        Assert.Equal(order, await found.Locator("tbody th").AllTextContentsAsync());
        var accuracies = await found.Locator("tbody tr td:nth-child(2) .share").AllTextContentsAsync();
        var numbers = accuracies.Select(text => double.Parse(text.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers.Order(), numbers);
    }
}
