using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using Pentimento.Reports;
using Pentimento.Reports.Documents;
using Xunit;
using static TorchSharp.torch;

namespace Pentimento.Browser.Tests;

/// <summary>The page of a run that has kept two networks, fresh ones of two kinds whose weights float16 holds exactly.</summary>
public sealed class LiveChapterTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly ImageShape Shape = new(28, 28, 3);

    // What the page's own worker answers to pictures.
    private const string Logits = """
        async pictures => {
          const read = id => document.getElementById(id).textContent, { networks, width, height } = JSON.parse(read('try-data'));
          const worker = new Worker(URL.createObjectURL(new Blob([read('try-worker')])));
          worker.postMessage({ networks: ['lazy', 'repaired'].map((name, at) => ({ steps: networks[at], weights: read(`try-${name}`) })) });
          const all = [];
          for (const picture of pictures) {
            worker.postMessage({ number: 1, maps: { values: Float32Array.from(picture), channels: 3, height, width } });
            all.push(await new Promise(resolve => { worker.onmessage = ({ data }) => resolve(data.logits.map(logits => [...logits])); }));
          }
          return all;
        }
        """;

    [Fact]
    public async Task The_networks_in_the_page_answer_as_ours_do()
    {
        var visit = await OpenAsync();
        var (pictures, logits) = OurAnswers();

        var answered = await visit.Page.EvaluateAsync<float[][][]>(Logits, pictures);

        foreach (var (at, expected) in logits.Index())
        {
            var actual = answered.SelectMany(pair => pair[at]).ToArray();
            Assert.True(expected.Max() - expected.Min() > 0.1, "The answers differ too little to be told apart.");
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    // Whether gradients are computed is a thread's own, and after an await goes on another: so nothing is awaited here.
    private static (double[][] Pictures, float[][] Logits) OurAnswers()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var dice = new Generator(4);
        var images = rand([5, 3, 28, 28], generator: dice);
        using var lazy = Lazy();
        using var repaired = Repaired();
        float[] Of(Classifier network) => network.call(images).contiguous().data<float>().ToArray();
        return (
            [.. Enumerable.Range(0, 5).Select(at => images[at].contiguous().data<float>().Select(value => (double)value).ToArray())],
            [Of(lazy), Of(repaired)]);
    }

    [Fact]
    public async Task A_picture_is_painted_as_sets_are_and_kept_in_the_address()
    {
        var visit = await OpenAsync();
        await visit.Page.Locator("[name=next]").ClickAsync();
        await visit.Page.Locator("[name=white]").CheckAsync();
        await visit.Page.Locator("[name=hue]").FocusAsync();
        for (var step = 0; step < 3; step++) await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.WaitForURLAsync(new Regex("hue=3&"));

        var expected = Expected(digit: 1, hue: 3);
        Assert.Equal(expected, await ShownAsync(visit));
        var (address, status) = (visit.Page.Url, await visit.Page.Locator(".try output").TextContentAsync());
        Assert.Contains("digit=1&hue=3&noise=0&ground=white", address, StringComparison.Ordinal);
        Assert.StartsWith("Test digit 2 of 40", status, StringComparison.Ordinal);

        var again = await browser.VisitAsync(page: address);
        await Assertions.Expect(again.Page.Locator(".try output")).ToHaveTextAsync(status!);
        Assert.Equal(expected, await ShownAsync(again));
    }

    [Fact]
    public async Task Mouse_and_keyboard_draw_and_the_drawing_comes_back()
    {
        var visit = await OpenAsync();
        await visit.Page.Locator("[name=empty]").ClickAsync();
        await visit.Page.Locator(".try canvas").HoverAsync();
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(0, 5, new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();
        var byMouse = await InkedAsync(visit);
        await visit.Page.Locator(".try canvas").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        for (var step = 0; step < 9; step++) await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Locator("[name=hue]").FocusAsync();

        Assert.True(byMouse > 20);
        Assert.True(await InkedAsync(visit) > byMouse + 15);
        await visit.Page.WaitForURLAsync(new Regex("drawn="));
        await Assertions.Expect(visit.Page.Locator(".try output")).ToContainTextAsync("Your drawing.");
        // The address follows the writer, on a busy machine a little later.
        await visit.Page.WaitForFunctionAsync(
            "new Promise(resolve => { const before = location.hash; setTimeout(() => resolve(before === location.hash), 700); })");
        var again = await browser.VisitAsync(page: visit.Page.Url);
        await Assertions.Expect(again.Page.Locator(".try output")).ToContainTextAsync("Your drawing.");
        Assert.Equal(await InkedAsync(visit), await InkedAsync(again));
    }

    [Fact]
    public async Task Every_hue_has_an_answer_and_a_fooling_digit_is_found()
    {
        var visit = await OpenAsync();
        await Assertions.Expect(visit.Page.Locator(".hues tbody td").Last).ToHaveTextAsync(new Regex("^[0-9]$"));
        Assert.Equal(24, await visit.AskAsync<int>("[...document.querySelectorAll('.hues tbody td')].filter(cell => cell.textContent).length"));

        await visit.Page.Locator("[name=fool]").ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".card.lazy .says")).ToContainTextAsync("×");
        await visit.Page.Locator("[data-hue='120']").ClickAsync();
        Assert.Equal("120", await visit.Page.Locator("[name=hue]").InputValueAsync());
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Everybody_can_use_it_and_nothing_is_fetched(int width, ColorScheme theme)
    {
        var visit = await OpenAsync(width, theme);
        await Assertions.Expect(visit.Page.Locator(".try output")).ToContainTextAsync("Test digit 1 of 40");

        // The rest of the page has a test of its own.
        var axe = await visit.Page.Locator("#try").RunAxe();

        Assert.Empty(axe.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        Assert.Equal(width, await visit.AskAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(visit.Complaints);
        Assert.DoesNotContain(visit.Requests, url => url.StartsWith("http", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Motion_is_not_offered_where_it_is_not_wished()
    {
        var visit = await OpenAsync();
        Assert.True(await visit.Page.Locator("[name=turn]").IsVisibleAsync());

        await visit.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });

        Assert.False(await visit.Page.Locator("[name=turn]").IsVisibleAsync());
        Assert.Equal("0s", await visit.AskAsync<string>("getComputedStyle(document.querySelector('.try .bar')).transitionDuration"));
    }

    [Fact]
    public async Task Markdown_has_no_such_chapter()
    {
        await OpenAsync();

        var text = await File.ReadAllTextAsync(ReportPage.Write(browser.Run, PageFormat.Md), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Try it", text, StringComparison.Ordinal);
    }

    private async Task<Visit> OpenAsync(int width = 1200, ColorScheme theme = ColorScheme.Light)
    {
        if (!Directory.Exists(browser.Run.At("models")))
        {
            Directory.CreateDirectory(browser.Run.At("models"));
            using var lazy = Lazy();
            using var repaired = Repaired();
            ModelFile.Write(browser.Run.At("models/lazy.safetensors"), lazy, "");
            ModelFile.Write(browser.Run.At("models/repaired.safetensors"), repaired, "");
            ReportPage.Write(browser.Run);
        }

        return await browser.VisitAsync(width, theme);
    }

    private static Classifier Lazy() => Rounded(new Cnn3().Build(Shape, 10, new(1)));

    private static Classifier Repaired() => Rounded(new LeNet5(Activation.Tanh, Summary.Mean).Build(Shape, 10, new(2)));

    /// <summary>With weights that float16 holds, and large enough for answers that differ.</summary>
    private static Classifier Rounded(Classifier network)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var weight in network.parameters()) weight.copy_((weight * 2).half().to_type(float32));
        return network;
    }

    /// <summary>Both networks' three likeliest classes, of a digit on a white ground.</summary>
    private static string Expected(int digit, double hue)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var all = Digits.Mnist(Split.Test);
        var place = Enumerable.Range(0, all.Count).GroupBy(at => all.Labels[at]).SelectMany(group => group.Take(4)).Order().ElementAt(digit);
        var pixels = new byte[Shape.Size];
        new TwoColorFill(HueSweep.Saturated(hue), Rgb.White).Paint(pixels, all.Of(place));
        var image = tensor(pixels).view(1, 28, 28, 3).permute(0, 3, 1, 2).to_type(float32) / 255;
        using var lazy = Lazy();
        using var repaired = Repaired();
        return string.Join(' ', new[] { lazy, repaired }.SelectMany(network =>
        {
            var shares = network.call(image).softmax(1).data<float>().ToArray();
            return shares.Index().OrderByDescending(share => share.Item).Take(3).Select(share =>
                FormattableString.Invariant($"{share.Index}:{100 * share.Item:0.0}%"));
        }));
    }

    private static async Task<string> ShownAsync(Visit visit) => string.Join(' ', await visit.AskAsync<string[]>(
        """
        [...document.querySelectorAll('.try .card li')].map(
          item => `${item.querySelector('.class').textContent}:${item.querySelector('.percent').textContent}`)
        """));

    private static Task<int> InkedAsync(Visit visit) => visit.AskAsync<int>(
        """
        (() => {
          const pixels = document.querySelector('.try canvas').getContext('2d').getImageData(0, 0, 280, 280).data;
          let inked = 0;
          for (let y = 5; y < 280; y += 10) for (let x = 5; x < 280; x += 10) inked += pixels[4 * (280 * y + x)] > 127;
          return inked;
        })()
        """);
}
