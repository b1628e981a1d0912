using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Pentimento.Data;
using Pentimento.Foundation;
using Pentimento.Lab;
using Pentimento.Networks;
using Xunit;

namespace Pentimento.Browser.Tests;

/// <summary>The lab as a person uses it: a real browser, the real server, a network of ours beside the same one as ONNX.</summary>
public sealed class LabTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pentimento-lab-");
    private readonly List<LabResult> opened = [];

    [Fact]
    public async Task Every_screen_answers_and_complains_of_nothing()
    {
        var visit = await VisitAsync();

        Assert.Equal(3, await Count(visit, ".answer"));
        await GoAsync(visit, "Cues");
        await visit.Page.Locator("#dose").FillAsync("3");
        Assert.Equal(2, await Count(visit, ".curve"));
        await GoAsync(visit, "Attack");
        await visit.Page.Locator("#start").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#status")).ToContainTextAsync("fooled", new() { Timeout = 30_000 });
        await GoAsync(visit, "Inside");
        await visit.Page.Locator("[data-channel='0']").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#accuracy")).ToContainTextAsync("with 1 muted", new() { Timeout = 30_000 });
        await GoAsync(visit, "Data");
        Assert.Equal(12, await Count(visit, ".cell"));

        Assert.Empty(visit.Complaints);
        Assert.All(visit.Requests, url => Assert.StartsWith("http://127.0.0.1:", url));
    }

    [Fact]
    public async Task A_job_is_asked_for_and_followed_to_its_end_and_is_there_after_a_reload()
    {
        var visit = await VisitAsync();
        await GoAsync(visit, "Jobs");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "evaluate", Exact = true }).ClickAsync();
        await visit.Page.Locator("#limit").FillAsync("6");
        Assert.Contains("pentimento evaluate", await visit.Page.Locator("#command").TextContentAsync());

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".job h2")).ToHaveTextAsync("1: evaluate, done", new() { Timeout = 60_000 });
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator(".job h2")).ToHaveTextAsync("1: evaluate, done", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task What_is_drawn_is_answered_and_takes_another_colour_at_once()
    {
        var visit = await VisitAsync();
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

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Everybody_can_use_every_screen(int width, ColorScheme theme)
    {
        var visit = await VisitAsync(width, theme);
        foreach (var screen in new[] { "Look", "Cues", "Attack", "Inside", "Data", "Jobs" })
        {
            await GoAsync(visit, screen);
            await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle, new() { Timeout = 60_000 }).WaitAsync(TimeSpan.FromSeconds(60))
                .ContinueWith(_ => { }, TaskScheduler.Default);

            var axe = await visit.Page.RunAxe();

            Assert.Empty(axe.Violations.Select(violation => $"{screen}: {violation.Id}: {violation.Nodes[0].Html}"));
            Assert.True(await visit.AskAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{screen} is wider than {width} px.");
        }
    }

    public void Dispose()
    {
        foreach (var lab in opened) lab.Server!.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<Visit> VisitAsync(int width = 1440, ColorScheme theme = ColorScheme.Light)
    {
        var lab = Open();
        var visit = await browser.VisitAsync(width, theme, lab.Address);
        await Assertions.Expect(visit.Page.Locator("main[data-screen]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(visit.Page.Locator(".answer").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        return visit;
    }

    private LabResult Open()
    {
        var shape = new ImageShape(28, 28, 3);
        using (var network = new Cnn3().Build(shape, 3, new(1)))
        {
            network.ClassNames = ["<script>alert(1)</script>", "dog", "a, \"b\""];
            ModelFile.Write(At("ours.safetensors"), network, "");
            ModelFile.Write(At("theirs.onnx"), network, "");
        }

        var dice = new SplitMix64(new(3));
        var pixels = Enumerable.Range(0, 12 * shape.Size).Select(_ => (byte)dice.Below(256)).ToArray();
        long[] labels = [.. Enumerable.Range(0, 12).Select(at => at % 3L)];
        Npz.Write(At("images.npz"), [new("images", new(pixels, 12, 28, 28, 3)), new("labels", new(labels, 12))]);
        var lab = new OpenLab
        {
            Models = [At("ours.safetensors"), At("theirs.onnx")],
            Data = At("images.npz"),
            NoBrowser = true,
            Folder = At($"run{opened.Count}"),
        }.Run(RunContext.OnCpu(1) with { Threads = 1, Cache = At("cache") });
        opened.Add(lab);
        return lab;
    }

    private static async Task GoAsync(Visit visit, string screen)
    {
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = screen, Exact = true }).First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator($"main[data-screen='{screen.ToLowerInvariant()}']")).ToBeVisibleAsync();
        if (screen is "Look" or "Cues" or "Attack" or "Inside")
            await Assertions.Expect(visit.Page.Locator(".answer").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    private static async Task<int> Count(Visit visit, string selector) => await visit.Page.Locator(selector).CountAsync();

    private string At(string name) => Path.Combine(folder.FullName, name);
}
