using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Pentimento.Lab;
using Pentimento.Networks;
using Pentimento.Tests.Operations;

namespace Pentimento.Tests.Lab;

/// <summary>A lab on the oracle's network and its images, and a visitor with the cookie.</summary>
public sealed class OpenedLab : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly CancellationTokenSource closing = new();
    private readonly LabResult lab;

    public OpenedLab()
    {
        var run = RunContext.OnCpu(1) with { Threads = 1, Cancel = closing.Token, Cache = scratch.At("cache") };
        lab = new OpenLab
        {
            Models = [$"first={SmallOperations.Weights}", $"second={SmallOperations.Weights}"],
            Network = new Cnn3(),
            Data = SmallOperations.Data,
            Limit = 40,
            NoBrowser = true,
            Folder = scratch.At("run"),
        }.Run(run);
        Address = new(lab.Address);
        var handler = new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var first = new HttpClient(handler, disposeHandler: false);
        using var opened = first.GetAsync(Address).GetAwaiter().GetResult();
        var page = opened.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        (Opened, Root) = (opened.StatusCode, new(Address, page.Split("url=")[1].Split('"')[0]));
        Visitor = new(handler) { BaseAddress = Root };
        Cookie = opened.Headers.GetValues("Set-Cookie").Single();
    }

    /// <summary>The address that the command prints.</summary>
    public Uri Address { get; }

    /// <summary>Where everything lies, a path that nobody else knows.</summary>
    public Uri Root { get; }

    /// <summary>The cookie as it is set.</summary>
    public string Cookie { get; }

    /// <summary>Whoever has the cookie.</summary>
    public HttpClient Visitor { get; }

    public HttpStatusCode Opened { get; }

    public string Folder => scratch.At("run");

    /// <summary>Asks as the page does.</summary>
    internal async Task<HttpResponseMessage> AskAsync(string path, string json, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", origin ?? $"http://{Root.Authority}");
        // Whoever is refused before the body is read, should not send it.
        request.Headers.ExpectContinue = json.Length > 1_000_000;
        return await Visitor.SendAsync(request);
    }

    internal async Task<JsonNode> AnswerAsync(string path, string json)
    {
        using var response = await AskAsync(path, json);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    public void Dispose()
    {
        closing.Cancel();
        lab.Server!.Dispose();
        Visitor.Dispose();
        closing.Dispose();
        scratch.Dispose();
    }
}
