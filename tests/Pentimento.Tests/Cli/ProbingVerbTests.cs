using Pentimento.Data;

namespace Pentimento.Tests.Cli;

/// <summary>probe and visualize as users run them.</summary>
public sealed class ProbingVerbTests
{
    private static readonly string Weights = Oracle.At("weights.npz");

    [Fact]
    public void Probe_answers_with_every_neuron_and_writes_files_and_atlas()
    {
        using var scratch = new Scratch();
        var images = Colored(scratch);
        string[] arguments =
        [
            "probe",
            Weights,
            "--network",
            "cnn3",
            "--data",
            images,
            "--grey",
            "none",
            "--layer",
            "relu2",
            "relu3",
            "--evaluate",
            images,
            "--trial-images",
            "20",
            "--permutations",
            "20",
            "--resamples",
            "5",
            "--with",
            "jittered:steps=2",
            "--sort",
            "polysemantic",
            "--out",
            scratch.At("probe"),
            "--json",
        ];

        var command = Command.Succeed(arguments);
        var (answer, atlas) = (command.Json, File.ReadAllText(scratch.At("probe/atlas.html")));
        Command.Succeed(arguments);

        Assert.Equal("relu2,relu3", answer["layer"]!.GetValue<string>());
        var neurons = answer["neurons"]!.AsArray();
        Assert.Equal(128, neurons.Count);
        Assert.All(neurons, neuron =>
            Assert.All(new[] { "index", "miColor", "miDigit", "role", "entropy", "strength", "polysemantic" }, key => Assert.NotNull(neuron![key])));
        var order = neurons.Select(neuron => neuron!["polysemantic"]!.GetValue<double>()).ToList();
        Assert.Equal(order.OrderDescending(), order);
        // Half of these images wear their digit's colour.
        Assert.Contains("take care", command.Error, StringComparison.Ordinal);
        Assert.Equal(129, File.ReadAllLines(scratch.At("probe/neurons.csv")).Length);
        // The file holds the answer, and the answer names the files beside it.
        Assert.True(answer.AsObject().Remove("written"));
        Assert.Equal(
            answer.ToJsonString(),
            System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(scratch.At("probe/neurons.json")))!.ToJsonString());
        Assert.Equal(atlas, File.ReadAllText(scratch.At("probe/atlas.html")));
        Assert.Equal(128, atlas.Split("<article").Length - 1);
    }

    [Fact]
    public void Probe_reads_anybodys_activations()
    {
        using var scratch = new Scratch();
        var dice = new SplitMix64(new(6));
        var digits = Enumerable.Range(0, 1000).Select(at => at % 10L).ToArray();
        var colors = digits.Select(_ => (long)dice.Below(10)).ToArray();
        var matrix = Enumerable.Range(0, 1000).SelectMany(at => new[] { colors[at] + 1f, digits[at] + 1f, (float)dice.Uniform(), 0f }).ToArray();
        Npz.Write(
            scratch.At("mine.npz"),
            [new("activations", new(matrix, 1000, 4)), new("labels", new(digits, 1000)), new("colors", new(colors, 1000))]);

        var neurons = Command.Succeed("probe", "--activations", scratch.At("mine.npz"), "--out", scratch.At("out"), "--json").Json[
            "neurons"
        ]!.AsArray();

        Assert.Equal(["traitor", "hero", "none", "dead"], neurons.Select(neuron => neuron!["role"]!.GetValue<string>()));
        Assert.Equal(Math.Log(10), neurons[1]!["miDigit"]!.GetValue<double>(), 9);
    }

    [Fact]
    public void Visualize_writes_a_sheet_and_a_picture_of_each_channel()
    {
        using var scratch = new Scratch();
        var answer = Command
            .Succeed(
                "visualize",
                Weights,
                "--network",
                "cnn3",
                "--layer",
                "conv3",
                "--channels",
                "3,5",
                "--copies",
                "2",
                "--with",
                "jittered:steps=5",
                "--data",
                Oracle.At("images.npz"),
                "--out",
                scratch.At("v"),
                "--json")
            .Json;

        var images = answer["images"]!.AsArray();
        Assert.Equal([3, 3, 5, 5], images.Select(image => image!["channel"]!.GetValue<int>()));
        Assert.All(images, image => Assert.Equal(224, ImageFile.ShapeOf(image!["file"]!.GetValue<string>()).Width));
        Assert.All(images, image => Assert.NotEqual(0, image!["activation"]!.GetValue<double>()));
        Assert.True(ImageFile.ShapeOf(answer["sheet"]!.GetValue<string>()).Width > 300);
    }

    [Fact]
    public void What_cannot_be_probed_or_drawn_is_said_in_one_sentence()
    {
        using var scratch = new Scratch();
        string[] model = [Weights, "--network", "cnn3", "--out", scratch.At("none")];

        Assert.Contains("either a MODEL or --activations", Command.Complaint(1, "probe"));
        Assert.Contains("which colour each image has", Command.Complaint(1, ["probe", .. model, "--data", Oracle.At("images.npz")]));
        Assert.Contains("no layer 'relu9'", Command.Complaint(1, ["visualize", .. model, "--layer", "relu9", "--data", Oracle.At("images.npz")]));
        Assert.Contains(
            "no channel from 0 to 63",
            Command.Complaint(1, ["visualize", .. model, "--channels", "64", "--data", Oracle.At("images.npz")]));
        Assert.Contains("quantile", Command.Complaint(1, ["probe", .. model, "--bins", "quantiles"]));
        Assert.False(Directory.Exists(scratch.At("none")));
    }

    /// <summary>The oracle's images with their colours under the name that pentimento reads.</summary>
    private static string Colored(Scratch scratch)
    {
        var images = Oracle.Images;
        Npz.Write(
            scratch.At("colored.npz"),
            [
                new("images", new(images.Pixels.ToArray(), images.Count, 28, 28, 3)),
                new("labels", new(images.Labels, images.Count)),
                new("colors", new(images.AttributeOf("colour"), images.Count)),
            ]);
        return scratch.At("colored.npz");
    }
}
