using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Pentimento.Lab;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
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
            Autoencoders = [WriteFeatures(scratch.At("features.safetensors"))],
            NoBrowser = true,
            Folder = scratch.At("run"),
        }.Run(run);
        Address = new(lab.Address);
        // Whoever goes, goes at once, as a browser does: what is left of an answer is not read for the connection's sake.
        var handler = new SocketsHttpHandler { CookieContainer = new(), AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero };
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

    /// <summary>The autoencoder of the lab: 24 features of <c>relu2</c>'s channels, drawn at random.</summary>
    public string Features => scratch.At("features.safetensors");

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
        if (response.Content.Headers.ContentType!.MediaType != "application/jsonl") return JsonNode.Parse(text)!;
        // What the last frame answers is all of it.
        var last = JsonNode.Parse(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
        return last["answer"] ?? last;
    }

    /// <summary>The frames of an answer, as they come; whoever stops to read them, goes.</summary>
    internal async IAsyncEnumerable<JsonNode> FramesAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", $"http://{Root.Authority}");
        var cancel = TestContext.Current.CancellationToken;
        using var response = await Visitor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancel));
        while (await lines.ReadLineAsync(cancel) is { } line) yield return JsonNode.Parse(line)!;
    }

    /// <summary>Writes an autoencoder that was drawn at random, with 24 features of a layer.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="said">The cut that the file names; it takes in as many inputs as <c>relu2</c> has channels.</param>
    internal static string WriteFeatures(string file, string said = "relu2")
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var still = TorchSharp.torch.no_grad();
        using var network = Oracle.Network();
        using var autoencoder = new Autoencoder(new TopK(K: 5), CutActivations.Inputs(network, "relu2"), 24);
        using var generator = new Seed(4).On(TorchSharp.torch.CPU);
        foreach (var weights in new[] { autoencoder.Encoder, autoencoder.Decoder })
            weights.copy_(TorchSharp.torch.randn(weights.shape, generator: generator));
        AutoencoderFile.Write(file, autoencoder, said, "{}");
        return file;
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
