using System.Text.Json.Nodes;
using Pentimento.Lab.Queries;

namespace Pentimento.Tests.Lab;

/// <summary>Of a cue that is swapped, the dose that is looked at is answered first.</summary>
public sealed class CueFramesTests(OpenedLab lab) : IClassFixture<OpenedLab>
{
    [Fact]
    public void The_dose_that_is_looked_at_comes_first_and_coarser_steps_before_finer_ones()
    {
        Assert.Equal([7, 0, 12, 4, 8, 16, 20, 2, 6, 10], CueFrames.Order(21, 7).Take(10));
        Assert.Equal(Enumerable.Range(0, 37), CueFrames.Order(37, 36).Order());
        // A slider that stood beyond the doses of another cue.
        Assert.Equal(20, CueFrames.Order(21, 36).First());
    }

    [Fact]
    public async Task The_first_frame_answers_the_dose_and_the_last_all_of_them()
    {
        var frames = await Frames("""{"image":3,"donor":4,"cue":"brightness","dose":5}""");

        Assert.Equal([0, 5], Places(frames[0]));
        Assert.Equal(Enumerable.Range(0, 21), Places(frames[^1]));
        // A picture is sent once.
        Assert.Equal(21, frames.Sum(frame => frame["pictures"]!.AsObject().Count));
        foreach (var frame in frames)
            Assert.All(frame["curves"]!.AsArray(), curve => Assert.Equal(Places(frame).Length, curve!["shares"]!.AsArray().Count));
        // The same image has the same answer in every frame.
        Assert.Equal(Predicted(frames[0], 1), Predicted(frames[^1], 5));
    }

    [Fact]
    public async Task Without_a_dose_the_picture_is_the_images_own()
    {
        var own = await lab.AnswerAsync("ask/look", "{\"image\":3}");

        var frames = await Frames("""{"image":3,"donor":4,"cue":"brightness"}""");

        Assert.Equal((string)own["picture"]!, (string)frames[0]["pictures"]!["0"]!);
        Assert.NotEqual((string)own["picture"]!, (string)frames[0]["pictures"]!["20"]!);
    }

    [Fact]
    public async Task Another_hue_is_another_picture_all_around()
    {
        var frames = await Frames("""{"image":3,"dose":9}""");

        Assert.Equal(37, frames.SelectMany(frame => frame["pictures"]!.AsObject()).Select(one => one.Key).Distinct().Count());
        Assert.Equal(90, (double)frames[0]["doses"]![9]!);
    }

    private async Task<List<JsonNode>> Frames(string question)
    {
        var frames = new List<JsonNode>();
        await foreach (var frame in lab.FramesAsync("ask/cue", question)) frames.Add(frame);
        return frames;
    }

    private static int[] Places(JsonNode frame) => [.. frame["places"]!.AsArray().Select(place => (int)place!)];

    private static string Predicted(JsonNode frame, int row) => (string)frame["curves"]![0]!["predicted"]![row]!;
}
