using Microsoft.Playwright;
using Pentimento.Experiments;
using Pentimento.Reports;
using Xunit;

[assembly: AssemblyFixture(typeof(Pentimento.Browser.Tests.Chromium))]

namespace Pentimento.Browser.Tests;

/// <summary>One real browser for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable)) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Executable,
                // The camera is one that Chromium draws itself, and nobody has to be asked for it.
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
            }
        );
    }

    /// <summary>Whether this machine has a browser.</summary>
    public bool IsThere => browser is not null;

    /// <summary>The browser; skips the test where there is none.</summary>
    public IBrowser Open()
    {
        Assert.SkipWhen(browser is null, $"There is no browser at {Executable}.");
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>The page of a small run, written anew for each class of tests, and visits to it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly Chromium chromium;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pentimento-page-");
    private Visit? reading;

    public Browser(Chromium chromium)
    {
        this.chromium = chromium;
        Copy(new(Path.Combine(AppContext.BaseDirectory, "Run")), folder);
        Run = new(folder.FullName);
    }

    /// <summary>The run's page, written when it is first asked for.</summary>
    public string Page => field ??= ReportPage.Write(Run);

    internal RunFolder Run { get; }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The page of the run, or another, as a visitor with this window and theme finds it, with what it asked for and complained
    /// about.</summary>
    public async Task<Visit> VisitAsync(int width = 1200, ColorScheme theme = ColorScheme.Light, string? page = null)
    {
        var opened = await chromium.Open().NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = theme });
        var visit = new Visit(opened);
        await opened.GotoAsync(new Uri(page ?? Page).AbsoluteUri);
        return visit;
    }

    /// <summary>One visit to the run's page for all tests that only look at it.</summary>
    public async Task<Visit> ReadAsync() => reading ??= await VisitAsync();

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.GetFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name));
        foreach (var inner in from.GetDirectories()) Copy(inner, to.CreateSubdirectory(inner.Name));
    }
}

/// <summary>A page that is open.</summary>
public sealed class Visit
{
    public Visit(IPage page)
    {
        Page = page;
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Console += (_, message) => Complaints.Add($"{message.Text} ({message.Location})");
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public List<string> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    /// <summary>The same page in another window and theme.</summary>
    public async Task<Visit> AsAsync(int width, ColorScheme theme = ColorScheme.Light)
    {
        await Page.SetViewportSizeAsync(width, 900);
        await Page.EmulateMediaAsync(new() { ColorScheme = theme });
        return this;
    }

    public Task<T> AskAsync<T>(string script) => Page.EvaluateAsync<T>(script);
}
