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

    [Fact]
    public async Task What_an_attack_exploits_is_told_by_parts_that_make_up_the_change()
    {
        using var response = await lab.AskAsync("ask/attack", "{\"image\":3,\"radius\":0.3}");
        var last = JsonNode.Parse((await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
        var shares = last["parts"]!.AsArray().Select(part => (double)part!["share"]!).ToList();

        Assert.Equal(4, shares.Count);
        // Brightness and colour are at right angles, and so are the two places.
        Assert.Equal(1, shares[0] + shares[1], 4);
        Assert.Equal(1, shares[2] + shares[3], 4);
    }

    [Fact]
    public async Task A_channels_card_shows_its_strongest_images_and_where_this_one_stands()
    {
        var maxima = Maxima();

        var card = await lab.AnswerAsync("ask/channel", "{\"image\":3,\"layer\":\"relu1\",\"channel\":5}");

        Assert.Equal(maxima[3], (double)card["here"]!, 1e-5);
        Assert.Equal(
            maxima.OrderDescending().Take(8).Select(value => (double)value), card["top"]!.AsArray().Select(one => (double)one!["value"]!),
            (expected, actual) => Math.Abs(expected - actual) < 1e-5);
        Assert.Equal(40, card["histogram"]!.AsArray().Sum(bin => (int)bin!));
        Assert.All(card["information"]!.AsArray(), one => Assert.InRange((double)one!["share"]!, 0, 1));
    }

    // Whether gradients are computed is a thread's own, and after an await goes on another: so nothing is awaited here.
    private static float[] Maxima()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var network = Oracle.Network();
        using var still = TorchSharp.torch.no_grad();
        return network.Head(Pixels.Slice(Oracle.Images.Take(40), 0, 40), "relu1").select(1, 5).flatten(1).amax([1]).data<float>().ToArray();
    }

    [Fact]
    public async Task What_is_added_to_a_channel_is_what_the_saved_network_adds()
    {
        var asked = "{\"image\":3,\"layer\":\"relu2\",\"ablated\":[1],\"steered\":[{\"channel\":4,\"added\":2.5}]}";
        var answer = await lab.AnswerAsync("ask/inside", asked);
        using var scratch = new Scratch();
        new Pentimento.Operations.Edit
        {
            Model = Operations.SmallOperations.Weights,
            Network = new Pentimento.Networks.Cnn3(),
            Layer = "relu2",
            Neurons = new([1]),
            Steer = [new(4, 2.5)],
            Out = scratch.At("steered.onnx"),
        }.Run(RunContext.OnCpu());
        using var saved = Pentimento.Networks.ModelFile.Read(scratch.At("steered.onnx"));
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var still = TorchSharp.torch.no_grad();

        var expected = saved.call(Pixels.Slice(Oracle.Images.Take(40), 3, 1)).softmax(1).max(1);

        Assert.Equal($"{expected.indexes.item<long>()}", (string)answer["after"]!["classes"]![0]!["class"]!);
        Assert.Equal(expected.values.item<float>(), (double)answer["after"]!["classes"]![0]!["share"]!, 1e-4);
        Assert.NotEqual(answer["before"]!.ToJsonString(), answer["after"]!.ToJsonString());
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
    [InlineData("ask/inside", "{\"image\":1,\"layer\":\"relu1\",\"steered\":[{\"channel\":999,\"added\":1}]}", "there is no 999")]
    [InlineData("ask/channel", "{\"image\":1,\"layer\":\"relu1\",\"channel\":-1}", "there is no -1")]
    [InlineData("ask/job", "{\"operation\":\"evaluat\",\"settings\":{}}", "did you mean 'evaluate'?")]
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
    [InlineData("data?slice=all")]
    [InlineData("data?slice=99")]
    [InlineData("jobs")]
    [InlineData("runs")]
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
