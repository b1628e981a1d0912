using Microsoft.Playwright;
using Pentimento.Data;
using Pentimento.Foundation;
using Pentimento.Lab;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using Xunit;

namespace Pentimento.Browser.Tests;

/// <summary>One open lab for all its tests, and the one browser that its token has let in.</summary>
public sealed class LabRoom(Chromium chromium) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pentimento-lab-");
    private LabResult? lab;
    private IBrowserContext? visitor;
    private string start = "";

    public async ValueTask InitializeAsync()
    {
        if (!chromium.IsThere) return;
        var browser = chromium.Open();
        lab = Open();
        visitor = await browser.NewContextAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(lab.Address);
        await Assertions.Expect(page.Locator("main[data-screen]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        start = new Uri(new Uri(page.Url), "./").AbsoluteUri;
        await page.CloseAsync();
    }

    /// <summary>The first screen, with the answer that it asks for.</summary>
    public async Task<Visit> VisitAsync()
    {
        chromium.Open();
        var page = await visitor!.NewPageAsync();
        await page.SetViewportSizeAsync(1440, 900);
        var visit = new Visit(page);
        await page.GotoAsync(start);
        await Assertions.Expect(page.Locator(".answer").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (visitor is not null) await visitor.DisposeAsync();
        lab?.Server!.Dispose();
        folder.Delete(recursive: true);
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

        using (TorchSharp.torch.no_grad())
        {
            using var autoencoder = new Autoencoder(new TopK(K: 4), 64, 12);
            foreach (var weights in new[] { autoencoder.Encoder, autoencoder.Decoder })
                weights.copy_(TorchSharp.torch.linspace(-1, 1, weights.numel()).mul(37).sin().view(weights.shape));
            AutoencoderFile.Write(At("features.safetensors"), autoencoder, "relu3", "{}");
        }

        var dice = new SplitMix64(new(3));
        var pixels = Enumerable.Range(0, 12 * shape.Size).Select(_ => (byte)dice.Below(256)).ToArray();
        long[] labels = [.. Enumerable.Range(0, 12).Select(at => at % 3L)];
        Npz.Write(At("images.npz"), [new("images", new(pixels, 12, 28, 28, 3)), new("labels", new(labels, 12))]);
        return new OpenLab
        {
            Models = [At("ours.safetensors"), At("theirs.onnx")],
            Data = At("images.npz"),
            Autoencoders = [At("features.safetensors")],
            NoBrowser = true,
            Folder = At("run"),
        }.Run(RunContext.OnCpu(1) with { Threads = 1, Cache = At("cache") });
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
