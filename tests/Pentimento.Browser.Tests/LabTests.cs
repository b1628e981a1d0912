using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Pentimento.Networks;
using Xunit;

namespace Pentimento.Browser.Tests;

/// <summary>The lab as a person uses it: a real browser, the real server, a network of ours beside the same one as ONNX.</summary>
public sealed class LabTests(LabRoom lab) : IClassFixture<LabRoom>
{
    [Fact]
    public async Task Every_screen_answers_and_complains_of_nothing()
    {
        var visit = await lab.VisitAsync();

        Assert.Equal(3, await Count(visit, ".answer"));
        await GoAsync(visit, "Cues");
        await visit.Page.Locator("#dose").FillAsync("3");
        await Assertions.Expect(visit.Page.Locator("#said")).ToHaveTextAsync("30°");
        // Once all hues are there, points have become a curve.
        await Assertions.Expect(visit.Page.Locator(".curve:has(polyline)")).ToHaveCountAsync(2);
        await GoAsync(visit, "Attack");
        await visit.Page.Locator("#start").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#status")).ToContainTextAsync("fooled", new() { Timeout = 30_000 });
        Assert.StartsWith("pentimento attack ", await visit.Page.Locator("#command").TextContentAsync());
        await GoAsync(visit, "Inside");
        await visit.Page.Locator("[data-channel='0']").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#accuracy")).ToContainTextAsync("with 1 ablated", new() { Timeout = 30_000 });
        // Another network has layers of its own, and a channel of it a card.
        await visit.Page.Locator("#model").SelectOptionAsync("theirs");
        await visit.Page.Locator("[data-card='2']").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#card .histogram")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await visit.Page.Locator("#steer").FillAsync("1");
        await visit.Page.Locator("#steer").DispatchEventAsync("change");
        await Assertions.Expect(visit.Page.Locator("#accuracy")).ToContainTextAsync("and 1 steered", new() { Timeout = 30_000 });
        await visit.Page.Locator("#save").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#saved a").First).ToHaveTextAsync("edited.onnx", new() { Timeout = 60_000 });
        var saved = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator("#saved a").First.ClickAsync());
        using (var scratch = new TemporaryFile("edited.onnx"))
        {
            await saved.SaveAsAsync(scratch.Path);
            using var edited = ModelFile.Read(scratch.Path);
            Assert.Equal(3, edited.Classes);
        }

        await GoAsync(visit, "Data");
        Assert.Equal(12, await Count(visit, ".cell"));
        await visit.Page.Locator("select[name=class]").SelectOptionAsync("1");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".cell")).ToHaveCountAsync(4);

        Assert.Empty(visit.Complaints);
        Assert.All(visit.Requests, url => Assert.StartsWith("http://127.0.0.1:", url));
    }

    [Fact]
    public async Task A_job_is_asked_for_and_followed_to_its_end_and_is_there_after_a_reload()
    {
        var visit = await lab.VisitAsync();
        await GoAsync(visit, "Jobs");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "evaluate", Exact = true }).ClickAsync();
        await visit.Page.Locator("#limit").FillAsync("6");
        Assert.Contains("pentimento evaluate", await visit.Page.Locator("#command").TextContentAsync());

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        var job = visit.Page.Locator(".job h2").Filter(new() { HasText = "evaluate" }).First;
        await Assertions.Expect(job).ToContainTextAsync("evaluate, done", new() { Timeout = 60_000 });
        await visit.Page.ReloadAsync();
        await Assertions.Expect(job).ToContainTextAsync("evaluate, done", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task What_is_drawn_is_answered_and_takes_another_colour_at_once()
    {
        var visit = await lab.VisitAsync();
        await visit.Page.Locator("#draw").ClickAsync();
        var box = (await visit.Page.Locator("#canvas").BoundingBoxAsync())!;
        var before = await visit.Page.Locator("#answers").InnerHTMLAsync();

        await visit.Page.Mouse.MoveAsync(box.X + 60, box.Y + 60);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + 200, box.Y + 200, new() { Steps = 5 });
        await visit.Page.Mouse.UpAsync();
        await visit.Page.WaitForFunctionAsync("before => document.getElementById('answers').innerHTML !== before", before);
        var drawn = await visit.Page.Locator("#answers").InnerHTMLAsync();
        await visit.Page.Locator("#ink").FillAsync("#00ff00");

        await visit.Page.WaitForFunctionAsync("before => document.getElementById('answers').innerHTML !== before", drawn);
        Assert.DoesNotContain("the image:", await visit.Page.Locator("#answers").TextContentAsync());
    }

    [Fact]
    public async Task A_feature_of_an_autoencoder_is_looked_at_ablated_and_restored()
    {
        var visit = await lab.VisitAsync();
        await GoAsync(visit, "Inside");
        await visit.Page.Locator("#layer").SelectOptionAsync("features.safetensors");
        await visit.Page.Locator("#order").SelectOptionAsync("here");
        await Assertions.Expect(visit.Page.Locator("#explained")).ToContainTextAsync("of the variance", new() { Timeout = 30_000 });
        await visit.Page.WaitForFunctionAsync("() => !document.querySelector('main').hasAttribute('aria-busy')");

        await visit.Page.Locator("[aria-label^='card of feature']").First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#card h2")).ToContainTextAsync("of features.safetensors", new() { Timeout = 30_000 });
        Assert.True(await Count(visit, "#card figure") > 1);
        await visit.Page.Locator("#ablate").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#accuracy")).ToContainTextAsync("with 1 ablated", new() { Timeout = 30_000 });
        await Assertions.Expect(visit.Page.Locator("#ablate")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Contains("features.safetensors --ablate ", await visit.Page.Locator("#command").TextContentAsync());
        // The card goes with the image.
        await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Page.Locator("#next").ClickAsync(), response => response.Url.EndsWith("ask/channel", StringComparison.Ordinal));
        await visit.Page.Locator("#undo").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("#accuracy")).ToContainTextAsync("with 0 ablated", new() { Timeout = 30_000 });
        await Assertions.Expect(visit.Page.Locator("#ablate")).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_the_camera_sees_is_answered_and_the_camera_goes_off()
    {
        var visit = await lab.VisitAsync();
        await visit.Page.Locator("#camera").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#video")).ToBeVisibleAsync();
        await visit.Page.WaitForFunctionAsync("() => document.getElementById('video').videoWidth > 0");
        await visit.AskAsync<int>("(window.track = document.getElementById('video').srcObject.getTracks()[0], 0)");

        await visit.Page.Locator("#shutter").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("#answers h2").First).ToHaveTextAsync("the image");
        Assert.Equal("ended", await visit.AskAsync<string>("window.track.readyState"));
        await Assertions.Expect(visit.Page.Locator("#video")).ToBeHiddenAsync();
        // The picture that Chromium draws is not black.
        Assert.True(await visit.AskAsync<bool>(
            "document.getElementById('canvas').getContext('2d').getImageData(0, 0, 280, 280).data.some((value, at) => at % 4 < 3 && value > 100)"));
        Assert.Empty(visit.Complaints);
        Assert.All(visit.Requests, url => Assert.StartsWith("http://127.0.0.1:", url));
    }

    [Fact]
    public async Task Everybody_can_use_every_screen()
    {
        var visit = await lab.VisitAsync();
        foreach (var screen in new[] { "Look", "Cues", "Attack", "Inside", "Data", "Jobs", "Runs" })
        {
            await GoAsync(visit, screen);
            foreach (var (width, theme) in new[] { (360, ColorScheme.Light), (1440, ColorScheme.Dark) })
            {
                await visit.AsAsync(width, theme);
                Assert.True(await visit.AskAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{screen} is wider than {width} px.");
                Assert.Empty(await visit.AskAsync<string[]>(BrokenButtons));
                // While a screen waits for an answer, what it shows is about to go.
                await visit.Page.WaitForFunctionAsync("() => !document.querySelector('main').hasAttribute('aria-busy')");

                var axe = await visit.Page.RunAxe();

                Assert.Empty(axe.Violations.Select(violation => $"{screen}: {violation.Id}: {violation.Nodes[0].Html}"));
            }
        }
    }

    // Buttons whose words take more than a line, and the camera's where it does not stand beside the canvas's.
    private const string BrokenButtons = """
        (rows => [
          ...[...document.querySelectorAll('main button')].filter(button => rows(button) > 1).map(button => button.textContent),
          ...[...document.querySelectorAll('#camera')].filter(camera => camera.offsetTop !== document.getElementById('draw').offsetTop
            || innerWidth > 1000 && camera.offsetTop !== document.getElementById('next').offsetTop).map(() => 'the camera stands alone')])(button => {
          const text = document.createRange();
          text.selectNodeContents(button);
          return new Set([...text.getClientRects()].filter(box => !button.querySelector('img')).map(box => Math.round(box.top))).size;
        })
        """;

    private static async Task GoAsync(Visit visit, string screen)
    {
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = screen, Exact = true }).First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator($"main[data-screen='{screen.ToLowerInvariant()}']")).ToBeVisibleAsync();
        if (screen is "Look" or "Cues" or "Attack" or "Inside")
            await Assertions.Expect(visit.Page.Locator(".answer").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    private static async Task<int> Count(Visit visit, string selector) => await visit.Page.Locator(selector).CountAsync();
}

/// <summary>A file in a folder of its own, gone with it.</summary>
internal sealed class TemporaryFile(string name) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pentimento-file-");

    public string Path => System.IO.Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);
}
