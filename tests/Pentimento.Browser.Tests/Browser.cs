using Microsoft.Playwright;
using Pentimento.Experiments;
using Pentimento.Reports;
using Xunit;

namespace Pentimento.Browser.Tests;

/// <summary>A real browser, and the page of a small run written anew.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pentimento-page-");
    private IPlaywright? playwright;
    private IBrowser? browser;

    public string Page { get; private set; } = "";

    public RunFolder Run { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Copy(new(Path.Combine(AppContext.BaseDirectory, "Run")), folder);
        Run = new(folder.FullName);
        Page = ReportPage.Write(Run);
        if (!File.Exists(Executable)) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic"] }
        );
    }

    /// <summary>The page of the run, or another, as a visitor with this window and theme finds it, with what it asked for and complained
    /// about.</summary>
    public async Task<Visit> VisitAsync(int width = 1200, ColorScheme theme = ColorScheme.Light, string? page = null)
    {
        Assert.SkipWhen(browser is null, $"There is no browser at {Executable}.");
        var opened = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = theme });
        var visit = new Visit(opened);
        await opened.GotoAsync(new Uri(page ?? Page).AbsoluteUri);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        folder.Delete(recursive: true);
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

    public Task<T> AskAsync<T>(string script) => Page.EvaluateAsync<T>(script);
}
