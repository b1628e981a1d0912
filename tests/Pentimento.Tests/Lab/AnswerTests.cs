using System.Net;
using System.Text.Json.Nodes;
using Pentimento.Data;

namespace Pentimento.Tests.Lab;

/// <summary>What the lab answers, beside what the library says.</summary>
public sealed class AnswerTests(OpenedLab lab) : IClassFixture<OpenedLab>
{
    [Fact]
    public async Task It_predicts_what_the_network_predicts()
    {
        var set = Oracle.Images.Take(40);
        using var network = Oracle.Network();
        var expected = Pentimento.Evaluation.Predictions.Of(network, set, RunContext.OnCpu()).Classes[7];

        var answer = await lab.AnswerAsync("ask/look", "{\"image\":7,\"method\":\"grad-cam\"}");

        Assert.Equal($"{set.Labels[7]}", (string)answer["label"]!);
        Assert.All(answer["networks"]!.AsArray(), one => Assert.Equal($"{expected}", (string)one!["classes"]![0]!["class"]!));
        Assert.All(answer["networks"]!.AsArray(), one => Assert.StartsWith("data:image/png;base64,", (string)one!["map"]!));
    }

    [Fact]
    public async Task A_picture_that_is_sent_gets_the_same_answer_as_the_image_it_shows()
    {
        var set = Oracle.Images.Take(40);
        var png = Convert.ToBase64String(ImageFile.Png(set.PixelsOf(7), set.Shape));

        var sent = await lab.AnswerAsync("ask/look", $"{{\"picture\":\"{png}\"}}");
        var own = await lab.AnswerAsync("ask/look", "{\"image\":7}");

        Assert.Equal(own["networks"]!.ToJsonString(), sent["networks"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_a_dose_of_the_cue_the_answer_is_the_images_own()
    {
        var own = await lab.AnswerAsync("ask/look", "{\"image\":3}");

        var answer = await lab.AnswerAsync("ask/cue", "{\"image\":3,\"donor\":4,\"cue\":\"brightness\"}");

        Assert.Equal((string)own["networks"]![0]!["classes"]![0]!["class"]!, (string)answer["curves"]![0]!["predicted"]![0]!);
        Assert.Equal((string)own["picture"]!, (string)answer["pictures"]![0]!);
        Assert.Equal(21, answer["doses"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_muted_channel_changes_only_what_comes_after()
    {
        var all = await lab.AnswerAsync("ask/inside", "{\"image\":3,\"layer\":\"relu1\"}");
        var none = await lab.AnswerAsync("ask/inside",
            $"{{\"image\":3,\"layer\":\"relu1\",\"ablated\":[{string.Join(',', Enumerable.Range(0, 16))}]}}");

        Assert.Equal(all["before"]!.ToJsonString(), all["after"]!.ToJsonString());
        Assert.Equal(all["before"]!.ToJsonString(), none["before"]!.ToJsonString());
        Assert.NotEqual(none["before"]!.ToJsonString(), none["after"]!.ToJsonString());
        Assert.Equal((double)all["accuracyBefore"]!, (double)none["accuracyBefore"]!);
        Assert.Equal(40, (int)none["counted"]!);
    }

    [Fact]
    public async Task An_attack_streams_frames_until_it_fools_or_ends()
    {
        using var response = await lab.AskAsync("ask/attack", "{\"image\":3,\"radius\":0.3}");
        var frames = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!).ToList();

        Assert.True((bool)frames[^1]["last"]!);
        Assert.True((bool)frames[^1]["fooled"]!);
        Assert.All(frames.SkipLast(1), frame => Assert.False((bool)frame["fooled"]!));
        Assert.Equal(frames.Select(frame => (int)frame["steps"]!).Order(), frames.Select(frame => (int)frame["steps"]!));
    }

    [Theory]
    [InlineData("ask/look", "{\"image\":40}", "There is no image 40")]
    [InlineData("ask/look", "{\"image\":-1}", "There is no image -1")]
    [InlineData("ask/look", "{\"picture\":\"!\"}", "not base64")]
    [InlineData("ask/look", "{\"picture\":\"AAAA\"}", "not a picture")]
    [InlineData("ask/look", "{\"image\":1,\"method\":\"grad-cem\"}", "did you mean 'grad-cam'?")]
    [InlineData("ask/look", "{\"image\":", "JSON")]
    [InlineData("ask/cue", "{\"image\":1,\"cue\":\"colour\",\"donor\":1}", "did you mean 'color'?")]
    [InlineData("ask/cue", "{\"image\":1,\"cue\":\"color\"}", "name one as the donor")]
    [InlineData("ask/inside", "{\"image\":1,\"layer\":\"nowhere\"}", "cannot be cut at 'nowhere'")]
    [InlineData("ask/inside", "{\"image\":1,\"layer\":\"relu1\",\"ablated\":[999]}", "there is no 999")]
    [InlineData("jobs", "{\"operation\":\"lab\",\"settings\":{}}", "is no job")]
    [InlineData("jobs", "{\"operation\":\"evaluat\",\"settings\":{}}", "did you mean 'evaluate'?")]
    [InlineData("jobs", "{\"operation\":\"evaluate\",\"settings\":{\"modl\":\"x\"}}", "did you mean 'model'?")]
    public async Task What_cannot_be_answered_is_refused_in_a_sentence(string path, string question, string part)
    {
        using var response = await lab.AskAsync(path, question);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(part, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?image=7")]
    [InlineData("cues")]
    [InlineData("attack")]
    [InlineData("inside")]
    [InlineData("data?class=3&answer=apart&page=0")]
    [InlineData("data?class=x&answer=%3Cscript%3E&page=-4")]
    [InlineData("jobs")]
    [InlineData("jobs/new/evaluate")]
    [InlineData("jobs/new/train")]
    [InlineData("look/lab.js")]
    public async Task Every_screen_is_there(string path)
    {
        using var response = await lab.Visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("<script>", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_selection_leaves_as_a_table()
    {
        var rows = (await lab.Visitor.GetStringAsync("data.csv?class=3")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("place,file,class,perhaps,first,second", rows[0]);
        Assert.Equal(Oracle.Images.Take(40).Labels.Count(label => label == 3), rows.Length - 1);
    }
}
