using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Lab.Queries;

namespace Pentimento.Tests.Lab;

/// <summary>Of a method that takes long, coarser maps come first.</summary>
public sealed class LookFramesTests(OpenedLab lab) : IClassFixture<OpenedLab>
{
    private static readonly ImageShape Photo = new(224, 224, 3);

    [Fact]
    public void Of_a_slow_network_coarser_maps_come_first()
    {
        // Four tenths of a second are six passes of 66 ms, or two gradients; then six times as many as before.
        Assert.Equal(
            [new IntegratedGradients(2), new IntegratedGradients(12), new IntegratedGradients(50)],
            LookFrames.Drafts(new IntegratedGradients(), Photo, 0.066));
        Assert.Equal([2, 12, 50], LookFrames.Drafts(new SmoothGrad(), Photo, 0.066).Cast<SmoothGrad>().Select(method => method.Samples));
    }

    [Fact]
    public void Fewer_patches_cover_the_whole_image_still()
    {
        var drafts = LookFrames.Drafts(new Occlusion(), Photo, 0.04).Cast<Occlusion>().ToList();

        // Ten passes are three patches a side.
        Assert.Equal((75, 75), (drafts[0].Size, drafts[0].Stride));
        Assert.All(drafts, draft => Assert.True(draft.Size >= draft.Stride));
        Assert.Equal(new Occlusion(), drafts[^1]);
    }

    [Fact]
    public void A_fast_network_and_a_method_of_one_pass_need_no_draft()
    {
        Assert.Equal([new IntegratedGradients()], LookFrames.Drafts(new IntegratedGradients(), Photo, 0.002));
        Assert.Equal([new GradCam()], LookFrames.Drafts(new GradCam(), Photo, 0.08));
    }

    [Fact]
    public async Task The_first_map_says_that_it_is_a_first_look()
    {
        await foreach (var frame in Frames("integrated-gradients:steps=10000"))
        {
            if (frame["answer"]?["networks"]?[0]?["map"] is null) continue;
            Assert.StartsWith("A first look with integrated-gradients:steps=", (string)frame["answer"]!["networks"]![0]!["note"]!);
            Assert.Equal("integrated-gradients:steps=10000", (string)frame["doing"]!);
            return;
        }

        Assert.Fail("There was no map.");
    }

    [Fact]
    public async Task Who_goes_is_no_longer_computed_for()
    {
        var (begun, rest) = (Stopwatch.GetTimestamp(), 0.0);
        await foreach (var frame in Frames("integrated-gradients:steps=10000"))
        {
            if (frame["answer"] is not null) begun = Stopwatch.GetTimestamp();
            var (share, steps) = ((double)frame["share"]!, int.Parse(((string)frame["doing"]!).Split('=')[1], CultureInfo.InvariantCulture));
            if (frame["answer"] is not null || share < 0.05 || steps < 1000) continue;
            rest = Stopwatch.GetElapsedTime(begun).TotalSeconds * (1 - share) / share;
            break;
        }

        begun = Stopwatch.GetTimestamp();
        var next = await lab.AnswerAsync("ask/look", "{\"image\":4}");

        Assert.NotNull(next["label"]);
        // Seconds were left of a map that nobody waits for; the first steps are slower than the rest, so that the estimate is too long.
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, rest / 6);
    }

    private IAsyncEnumerable<JsonNode> Frames(string method) => lab.FramesAsync("ask/look", $"{{\"image\":3,\"method\":\"{method}\"}}");
}
