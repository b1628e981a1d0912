using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cli;

/// <summary>What would have gone wrong late or in silence is refused in a sentence.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void Activations_that_are_no_numbers_are_neither_drawn_nor_taken_apart()
    {
        using var scratch = new Scratch();
        using (var network = TinyProblem.Network())
        {
            using (no_grad()) network.named_parameters().First(named => named.name == "fc2.bias").parameter[0] = float.NaN;
            ModelFile.Write(scratch.At("nan.safetensors"), network, "{}");
        }

        var images = Images(scratch);
        string[] both = [scratch.At("nan.safetensors"), "--data", images, "--layer", "fc2"];

        Assert.Contains(
            "Activations of fc2 are not numbers",
            Command.Complaint(1, ["visualize", .. both, "--channels", "0", "--with", "jittered:steps=2", "--out", scratch.At("pictures")]));
        Assert.Contains("are not numbers (NaN or infinite)", Command.Complaint(1, ["decompose", .. both, "--out", scratch.At("a.safetensors")]));
    }

    [Fact]
    public void A_network_without_answers_is_not_taken_apart_at_a_layer_whose_activations_are_numbers()
    {
        using var scratch = new Scratch();
        using (var network = TinyProblem.Network())
        {
            using (no_grad()) network.named_parameters().First(named => named.name == "fc2.bias").parameter[0] = float.NaN;
            ModelFile.Write(scratch.At("nan.safetensors"), network, "{}");
        }

        Assert.Contains(
            "are not numbers (NaN or infinite)",
            Command.Complaint(
                1, "decompose", scratch.At("nan.safetensors"), "--data", Images(scratch), "--layer", "fc1", "--out", scratch.At("a.safetensors")));
        Assert.False(File.Exists(scratch.At("a.safetensors")));
    }

    [Theory]
    [InlineData("study is no run on painted digits", "run", "study", "--cue", "both")]
    [InlineData("--out needs the name of what to write; got an empty one.", "run", "--out", "")]
    [InlineData("RECIPE is empty; leave it out, or give it a value.", "run", " ")]
    [InlineData("CHECK is empty", "verify", "")]
    [InlineData("STORE is needed; got an empty word.", "work", "")]
    [InlineData("--policy is empty", "check", "m.onnx", "--data", "photos", "--policy", "")]
    [InlineData("--evaluate is empty", "train", "--data", "photos", "--evaluate", "")]
    public void What_a_shell_makes_of_an_unset_variable_is_no_option_left_out(string part, params string[] arguments) =>
        Assert.Contains(part, Command.Complaint(1, arguments));

    [Fact]
    public void A_weight_beyond_float32_does_not_become_infinite_in_an_onnx()
    {
        using var scratch = new Scratch();
        using var network = TinyProblem.Network();
        var weights = Weights.Of(network).ToDictionary();
        weights["fc2.bias"] = new(new[] { 0, 1e300, 0 }, 3);
        Npz.Write(scratch.At("w.npz"), [.. weights]);

        var complaint = Command.Complaint(1, "convert", scratch.At("w.npz"), scratch.At("w.onnx"), "--network", "cnn3");

        Assert.Contains("fc2.bias: 1E+300 is too large for float32", complaint);
        Assert.False(File.Exists(scratch.At("w.onnx")));
    }

    [Fact]
    public void Labels_of_activations_are_whole_numbers_everywhere()
    {
        using var scratch = new Scratch();
        float[] rows = [.. Enumerable.Range(0, 40).Select(at => (float)at)];
        double[] labels = [.. Enumerable.Repeat(double.NaN, 20)];
        Npz.Write(scratch.At("rows.npz"), [new("activations", new(rows, 20, 2)), new("labels", new(labels, 20))]);

        Assert.Contains(
            "rows.npz, labels: expected whole numbers",
            Command.Complaint(1, "decompose", "--activations", scratch.At("rows.npz"), "--out", scratch.At("a.safetensors")));
    }

    [Fact]
    public void An_empty_word_is_no_set_of_images() =>
        Assert.Contains("--data is needed", Command.Complaint(1, "evaluate", "any.safetensors", "--data", ""));

    [Theory]
    [InlineData("train", "--data", "rg_95z")]
    [InlineData("operate", "any.safetensors", "--layer=pool3", "--neurons=1")]
    [InlineData("features", "any.safetensors", "--autoencoder=a.safetensors")]
    public void A_network_file_without_an_ending_is_refused_before_the_work(params string[] command) =>
        Assert.Contains("expected the file of a network", Command.Complaint(1, [.. command, "--out", "name"]));

    [Fact]
    public void A_network_without_names_is_not_asked_about_classes_that_it_may_number_otherwise()
    {
        using var scratch = new Scratch();
        using (var network = new Mlp(Hidden: "4").Build(new(8, 8, 3), 3, new(1))) ModelFile.Write(scratch.At("w.npz"), network, "{}");
        foreach (var (folder, classes) in new[] { ("one", "cat dog horse"), ("other", "cat horse zebra"), ("two", "cat horse") })
            foreach (var name in classes.Split(' ')) Picture(scratch, $"{folder}/{name}");

        string Refused(string verb, params string[] rest) =>
            Command.Complaint(1, [verb, scratch.At("w.npz"), "--network", "mlp:hidden=4", "--size", "8", .. rest]);

        Assert.All(["explain", "trust"], verb => Assert.Contains("so they are not the same", Refused(verb, "--data", scratch.At("two"))));
        Assert.Contains("number their classes otherwise", Refused("evaluate", "--data", scratch.At("one"), scratch.At("other")));
    }

    private static void Picture(Scratch scratch, string folder)
    {
        Directory.CreateDirectory(scratch.At(folder));
        scratch.Write($"{folder}/1.ppm", [.. "P6 8 8 255\n"u8, .. new byte[192]]);
    }

    private static string Images(Scratch scratch)
    {
        var set = TinyProblem.Noise(30);
        Npz.Write(scratch.At("images.npz"), [new("images", new(set.Pixels.ToArray(), 30, 8, 8, 1)), new("labels", new(set.Labels, 30))]);
        return scratch.At("images.npz");
    }
}
