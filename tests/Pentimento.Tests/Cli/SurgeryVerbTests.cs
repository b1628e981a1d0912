using Pentimento.Data;
using Pentimento.Sparse;

namespace Pentimento.Tests.Cli;

/// <summary>Taking a network apart and operating on it, as a user does.</summary>
public sealed class SurgeryVerbTests
{
    private static readonly string Weights = Oracle.At("weights.safetensors");
    private static readonly string Images = Oracle.At("images.npz");

    [Fact]
    public void Decompose_features_and_operate_follow_each_other()
    {
        using var scratch = new Scratch();
        var (features, operated) = (scratch.At("features.safetensors"), scratch.At("operated.safetensors"));

        var learned = Command
            .Succeed(
                "decompose",
                Weights,
                "--network",
                "cnn3",
                "--data",
                Images,
                "--layer",
                "fc1",
                "--with",
                "top-k:k=8",
                "--epochs",
                "5",
                "--batch",
                "50",
                "--seeds",
                "2",
                "--out",
                features,
                "--picture",
                scratch.At("training.png"),
                "--json")
            .Json;
        var arrays = Npz.Read(Images);
        Npz.Write(scratch.At("colored.npz"), [new("images", arrays["images"]), new("labels", arrays["labels"]), new("colors", arrays["colour"])]);
        var seen = Command
            .Succeed(
                "features",
                Weights,
                "--network",
                "cnn3",
                "--autoencoder",
                features,
                "--data",
                scratch.At("colored.npz"),
                "--training",
                scratch.At("colored.npz"),
                "--picture",
                scratch.At("logits.png"),
                "--out",
                scratch.At("seen.safetensors"),
                "--json")
            .Json;
        var operation = Command
            .Succeed(
                "operate",
                Weights,
                "--network",
                "cnn3",
                "--autoencoder",
                features,
                "--ablate",
                "auto",
                "--steer",
                "3=2.5",
                "--most",
                "3",
                "--evaluate",
                Images,
                Images,
                "--out",
                operated,
                "--curve",
                scratch.At("curve.png"),
                "--steering",
                scratch.At("steering.png"),
                "--json")
            .Json;
        var judged = Command.Succeed("evaluate", operated, "--data", Images, "--json").Json["evaluations"]![0]!;

        Assert.Equal((512, 128, 8.0), (learned["features"]!.GetValue<int>(), learned["inputs"]!.GetValue<int>(), learned["l0"]!.GetValue<double>()));
        Assert.InRange(learned["fvu"]!.GetValue<double>(), 0, 1);
        Assert.InRange(learned["stability"]!["cosine"]!.GetValue<double>(), 0.1, 1);
        Assert.True(learned["lossRecovered"]!.GetValue<double>() <= 1);
        Assert.Equal(512, seen["attribution"]!["causal"]!.AsArray().Count);
        Assert.Equal(215 / 256.0, operation["before"]![0]!["accuracy"]!.GetValue<double>(), 6);
        Assert.Equal(judged["accuracy"]!.GetValue<double>(), operation["after"]![0]!["accuracy"]!.GetValue<double>());
        Assert.Equal(
            ["chosen features", "random features", "chosen neurons", "differences of means"],
            operation["curve"]!["lines"]!.AsArray().Select(line => line!["method"]!.GetValue<string>()));
        Assert.Equal(0, operation["steering"]![0]!["points"]![0]!["flipRate"]!.GetValue<double>());
        foreach (var drawn in new[] { "training.png", "logits.png", "curve.png", "steering.png" })
            Assert.True(ImageFile.ShapeOf(scratch.At(drawn)).Width > 100);
        Command.Succeed("evaluate", scratch.At("seen.safetensors"), "--data", Images);
        Command.Succeed("attack", operated, "--data", Images, "--limit", "10");
        Command.Succeed("explain", operated, "--data", Images, "--limit", "10");
    }

    [Fact]
    public void With_no_feature_named_the_operated_network_answers_as_before()
    {
        using var scratch = new Scratch();
        var features = scratch.At("features.safetensors");
        Command.Succeed(
            "decompose",
            Weights,
            "--network",
            "cnn3",
            "--data",
            Images,
            "--layer",
            "relu3",
            "--with",
            "relu-l1",
            "--directions",
            "anchored",
            "--epochs",
            "1",
            "--places",
            "2",
            "--out",
            features);

        Command.Succeed("operate", Weights, "--network", "cnn3", "--autoencoder", features, "--out", scratch.At("same.safetensors"));
        Command.Succeed("evaluate", Weights, "--network", "cnn3", "--data", Images, "--save", scratch.At("before.npz"));
        Command.Succeed("evaluate", scratch.At("same.safetensors"), "--data", Images, "--save", scratch.At("after.npz"));

        Assert.Equal((float[])Npz.Read(scratch.At("before.npz"))["logits"].Data, (float[])Npz.Read(scratch.At("after.npz"))["logits"].Data);
    }

    [Fact]
    public void Neurons_of_single_places_are_chosen_and_silenced()
    {
        using var scratch = new Scratch();

        var operation = Command
            .Succeed(
                "operate",
                Weights,
                "--network",
                "cnn3",
                "--layer",
                "pool3-flat",
                "--neurons",
                "auto",
                "--select",
                Images,
                "--most",
                "4",
                "--own-loss",
                "1",
                "--evaluate",
                Images,
                "--out",
                scratch.At("operated.safetensors"),
                "--json")
            .Json;

        Assert.Equal("pool3-flat", operation["layer"]!.GetValue<string>());
        Assert.All(operation["ablated"]!.AsArray(), neuron => Assert.InRange(neuron!.GetValue<int>(), 0, 575));
        Assert.Equal(operation["selection"]!["features"]!.AsArray().Count, operation["ablated"]!.AsArray().Count);
        Assert.Equal(
            operation["after"]![0]!["accuracy"]!.GetValue<double>(),
            Command.Succeed("evaluate", scratch.At("operated.safetensors"), "--data", Images, "--json").Json["evaluations"]![0]![
                "accuracy"
            ]!.GetValue<double>());
        Assert.Contains("--select", Command.Complaint(1, "operate", Weights, "--network", "cnn3", "--neurons", "auto"), StringComparison.Ordinal);
        Command.Succeed("decompose", Weights, "--network", "cnn3", "--data", Images, "--epochs", "1", "--out", scratch.At("features.safetensors"));
        Assert.Contains(
            "operate twice",
            Command.Complaint(
                1,
                "operate",
                Weights,
                "--network",
                "cnn3",
                "--autoencoder",
                scratch.At("features.safetensors"),
                "--ablate",
                "1,2",
                "--neurons",
                "auto"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Anybodys_activations_are_taken_apart()
    {
        using var scratch = new Scratch();
        var rows = Enumerable.Range(0, 600).Select(at => (float)((at * 37 % 101) / 50.0)).ToArray();
        Npz.Write(scratch.At("rows.npz"), [new("activations", new(rows, 100, 6)), new("labels", new(new long[100], 100))]);

        var learned = Command
            .Succeed(
                "decompose",
                "--activations",
                scratch.At("rows.npz"),
                "--with",
                "gated",
                "--epochs",
                "2",
                "--batch",
                "32",
                "--out",
                scratch.At("f.safetensors"),
                "--json")
            .Json;

        Assert.Equal((24, 90, 10), (learned["features"]!.GetValue<int>(), learned["rows"]!.GetValue<int>(), learned["heldOut"]!.GetValue<int>()));
        Assert.Null(learned["lossRecovered"]);
        using var read = AutoencoderFile.Read(scratch.At("f.safetensors")).Autoencoder;
        Assert.Equal((6, 24), (read.Inputs, read.Features));
    }

    [Fact]
    public void Features_of_another_network_are_used_with_a_note()
    {
        using var scratch = new Scratch();
        var (features, edited) = (scratch.At("features.safetensors"), scratch.At("edited.safetensors"));
        Command.Succeed("decompose", Weights, "--network", "cnn3", "--data", Images, "--epochs", "1", "--out", features);

        var own = Command.Succeed("operate", Weights, "--network", "cnn3", "--autoencoder", features, "--ablate", "0", "--out", edited);
        var other = Command.Succeed("operate", edited, "--autoencoder", features, "--ablate", "1", "--out", scratch.At("twice.safetensors"));

        Assert.DoesNotContain("other weights", own.Error);
        Assert.Contains("learned from fc1 of a network with other weights than this one", other.Error);
    }

    [Fact]
    public void What_cannot_be_done_is_refused_in_a_sentence()
    {
        using var scratch = new Scratch();
        var features = scratch.At("features.safetensors");
        Npz.Write(scratch.At("rows.npz"), [new("activations", new(new float[] { 1, 2, 3, 4, 5, 7 }, 3, 2))]);
        Command.Succeed("decompose", "--activations", scratch.At("rows.npz"), "--epochs", "1", "--out", features);

        Assert.Contains(
            "takes 2 inputs apart, fc1 of the network has 128",
            Command.Complaint(1, "operate", Weights, "--network", "cnn3", "--autoencoder", Placed(features, scratch), "--ablate", "0"));
        Assert.Contains("--steering needs --steer", Command.Complaint(1, "operate", Weights, "--network", "cnn3", "--steering", scratch.At("s.png")));
        Assert.Contains("--ablate needs --autoencoder", Command.Complaint(1, "operate", Weights, "--network", "cnn3", "--ablate", "1"));
        Assert.Contains(
            "holds no autoencoder",
            Command.Complaint(1, "operate", Weights, "--network", "cnn3", "--autoencoder", Weights, "--ablate", "1"));
        Assert.Contains("fc1 has the neurons 0 to 127", Command.Complaint(1, "operate", Weights, "--network", "cnn3", "--neurons", "128"));
        Assert.Contains(
            "expected features and strengths such as 12=4.5",
            Command.Complaint(1, "operate", Weights, "--network", "cnn3", "--autoencoder", features, "--steer", "x"));
        Assert.Contains("needs a MODEL and one --data", Command.Complaint(1, "decompose", Weights));
        Assert.Contains("has no array 'activations'", Command.Complaint(1, "decompose", "--activations", Images));
    }

    /// <summary>The same autoencoder, said to belong to fc1.</summary>
    private static string Placed(string file, Scratch scratch)
    {
        using var read = AutoencoderFile.Read(file).Autoencoder;
        AutoencoderFile.Write(scratch.At("placed.safetensors"), read, "fc1", "{}");
        return scratch.At("placed.safetensors");
    }
}
