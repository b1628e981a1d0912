using System.Net;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Lab;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Tests.Operations;

namespace Pentimento.Tests.Lab;

/// <summary>The features of an autoencoder stand for channels on the screen, beside what the library says.</summary>
public sealed class FeatureTests(OpenedLab lab) : IClassFixture<OpenedLab>
{
    private const string Asked = "\"image\":3,\"layer\":\"features.safetensors\"";

    [Fact]
    public async Task A_features_card_shows_its_strongest_images_and_where_this_one_stands()
    {
        var features = Features();
        var maxima = features.Select(image => image.Max()).ToArray();

        var card = await lab.AnswerAsync("ask/channel", $"{{{Asked},\"channel\":7}}");

        Assert.Equal("feature", (string)card["unit"]!);
        Assert.Equal(maxima[3], (double)card["here"]!, 1e-4);
        Assert.Equal(
            maxima.OrderDescending().Where(value => value != 0).Take(8).Select(value => (double)value),
            card["top"]!.AsArray().Select(one => (double)one!["value"]!), (expected, actual) => Math.Abs(expected - actual) < 1e-4);
        Assert.Equal(maxima.Count(value => value != 0), (int)card["active"]!);
        // relu2 has maps, so a feature of it has one, too.
        Assert.StartsWith("data:image/png;base64,", (string)card["map"]!);
    }

    [Fact]
    public async Task What_is_done_to_features_is_what_the_saved_network_does()
    {
        var answer = await lab.AnswerAsync("ask/inside", $"{{{Asked},\"ablated\":[0,7],\"steered\":[{{\"channel\":4,\"added\":2.5}}]}}");

        var (label, share) = Operated();

        Assert.Equal($"{label}", (string)answer["after"]!["classes"]![0]!["class"]!);
        Assert.Equal(share, (double)answer["after"]!["classes"]![0]!["share"]!, 1e-4);
        Assert.NotEqual(answer["before"]!.ToJsonString(), answer["after"]!.ToJsonString());
        Assert.Contains($"--autoencoder {lab.Features} --ablate 0,7 --steer 4=2.5", (string)answer["elsewhere"]!["command"]!);
    }

    [Fact]
    public async Task With_nothing_ablated_nothing_changes_whatever_the_autoencoder_cannot_rebuild()
    {
        var answer = await lab.AnswerAsync("ask/inside", $"{{{Asked}}}");

        Assert.Equal(answer["before"]!["classes"]!.ToJsonString(), answer["after"]!["classes"]!.ToJsonString());
        // Weights that were drawn at random explain nothing, and the screen says so.
        Assert.True((double)answer["explained"]! < 0);
        Assert.StartsWith("Its file does not say which network it learned from", (string)answer["note"]!);
    }

    [Theory]
    [InlineData("features.safetensors")]
    [InlineData("relu2")]
    public async Task Those_that_tell_most_of_the_class_come_first(string layer)
    {
        var answer = await lab.AnswerAsync("ask/inside", $"{{\"image\":3,\"layer\":\"{layer}\",\"order\":\"class\"}}");
        var shares = answer["channels"]!.AsArray().Select(channel => (double)channel!["share"]!).ToList();

        Assert.Equal(shares.OrderDescending(), shares);
        Assert.True(shares[0] > shares[^1]);
    }

    [Fact]
    public async Task Those_that_are_active_in_no_image_are_counted_and_not_shown()
    {
        var features = Features();
        var active = Enumerable.Range(0, 24).Count(feature => Features(feature).Any(image => image.Max() != 0));

        var answer = await lab.AnswerAsync("ask/inside", $"{{{Asked}}}");

        Assert.Equal(active, answer["channels"]!.AsArray().Count);
        Assert.Equal(24 - active, (int)answer["silent"]!);
        Assert.Equal(40, features.Count);
    }

    [Fact]
    public async Task A_feature_that_there_is_not_is_refused_in_a_sentence()
    {
        using var response = await lab.AskAsync("ask/inside", $"{{{Asked},\"ablated\":[24]}}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("has 24 features; there is no 24", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_a_job_takes_apart_is_among_the_layers_from_then_on()
    {
        var settings = new JsonObject
        {
            ["model"] = SmallOperations.Weights,
            ["network"] = "cnn3",
            ["data"] = SmallOperations.Data,
            ["layer"] = "fc1",
            ["epochs"] = "1",
            ["limit"] = "40",
            ["width"] = "0.5",
        };
        var job = (int)(await lab.AnswerAsync("jobs", new JsonObject { ["operation"] = "decompose", ["settings"] = settings }.ToJsonString()))["id"]!;
        for (var state = ""; state != "done"; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            state = (string)JsonNode.Parse(await lab.Visitor.GetStringAsync("jobs.json"))!.AsArray()
                .First(one => (int)one!["job"]!["id"]! == job)!["job"]!["state"]!;
            Assert.NotEqual("failed", state);
        }

        var name = $"decompose-{job}: autoencoder.safetensors";
        var answer = await lab.AnswerAsync("ask/inside", $"{{\"image\":3,\"layer\":\"{name}\"}}");

        Assert.Equal("feature", (string)answer["unit"]!);
        Assert.Contains(name, await lab.Visitor.GetStringAsync("inside"));
    }

    [Fact]
    public void A_file_that_fits_no_network_is_refused_before_the_lab_opens()
    {
        using var scratch = new Scratch();
        var file = OpenedLab.WriteFeatures(scratch.At("other.safetensors"), said: "fc1");
        File.WriteAllText(scratch.At("text.safetensors"), "no autoencoder at all");
        OpenLab Lab(string autoencoder) => new()
        {
            Models = [SmallOperations.Weights],
            Network = new Cnn3(),
            Autoencoders = [autoencoder],
            NoBrowser = true,
            Folder = scratch.At("run"),
        };

        Assert.Throws<BadInputException>(() => Lab(scratch.At("text.safetensors")).Run(RunContext.OnCpu()));
        var refused = Assert.Throws<BadInputException>(() => Lab(file).Run(RunContext.OnCpu()));
        Assert.Contains("no network of the lab has such a layer", refused.Message);
    }

    /// <summary>[N][H·W] the values of feature 7, or of another, in the lab's images.</summary>
    // Whether gradients are computed is a thread's own, and after an await goes on another: so nothing is awaited here.
    private List<float[]> Features(int feature = 7)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var still = TorchSharp.torch.no_grad();
        using var network = Oracle.Network();
        var (autoencoder, layer) = AutoencoderFile.Read(lab.Features);
        using var features = autoencoder;
        var rows = CutActivations.Rows(network.Head(Pixels.Slice(Oracle.Images.Take(40), 0, 40), layer));
        return [.. autoencoder.Encode(rows).select(1, feature).contiguous().data<float>().ToArray().Chunk((int)rows.shape[0] / 40)];
    }

    private (long Label, float Share) Operated()
    {
        using var scratch = new Scratch();
        new Pentimento.Operations.Edit
        {
            Model = SmallOperations.Weights,
            Network = new Cnn3(),
            Autoencoder = lab.Features,
            Ablate = new([0, 7]),
            Steer = [new(4, 2.5)],
            Out = scratch.At("edited.safetensors"),
        }.Run(RunContext.OnCpu());
        using var saved = ModelFile.Read(scratch.At("edited.safetensors"));
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var still = TorchSharp.torch.no_grad();
        var (values, indexes) = saved.call(Pixels.Slice(Oracle.Images.Take(40), 3, 1)).softmax(1).max(1);
        return (indexes.item<long>(), values.item<float>());
    }
}
