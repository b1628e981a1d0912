using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Tests.Cli;

/// <summary>Inputs that once went wrong, as their users gave them; <c>Cases/README.md</c> says what is in them.</summary>
public sealed class CaseTests
{
    private static readonly string[] Learning =
        ["--network", "mlp:hidden=16", "--epochs", "12", "--batch", "12", "--optimizer", "adam:learning-rate=0.01", "--json"];

    [Fact]
    public void A_class_that_one_split_lacks_is_still_that_class()
    {
        using var scratch = new Scratch();
        var model = scratch.At("m.safetensors");
        Command.Succeed(["train", "--data", $"{At("missing-class")}:train", "--evaluate", $"{At("missing-class")}:test", "--out", model,
            .. Learning]);

        var judged = Evaluate(model, $"{At("missing-class")}:train", $"{At("missing-class")}:test");

        Assert.Equal([1.0, 1.0], judged);
        using var network = ModelFile.Read(model);
        Assert.Equal(["cat", "dog", "horse"], network.ClassNames);
    }

    [Fact]
    public void A_folder_that_lacks_a_class_is_numbered_as_what_is_learned_in_every_verb()
    {
        using var scratch = new Scratch();
        foreach (var name in new[] { "cat", "horse" }) Copy(At($"missing-class/test/{name}"), scratch.At($"two/{name}"));
        foreach (var name in new[] { "dog", "horse" }) Copy(At($"missing-class/train/{name}"), scratch.At($"others/{name}"));
        var (all, two, others) = ($"{At("missing-class")}:train", scratch.At("two"), scratch.At("others"));

        var trained = Command.Succeed(
            ["train", "--data", all, "--evaluate", two, "--out", scratch.At("m.safetensors"), .. Learning]).Json["evaluations"]!;
        var recipe = scratch.Write("sweep.yaml", $$"""
            name: folders
            hold-out: 0.25
            evaluate: ['{{two}}']
            validate: ['{{others}}']
            trials: [{train: '{{all}},{{others}}', network: 'mlp:hidden=16', epochs: 12, batch: 12, optimizer: 'adam:learning-rate=0.01'}]
            """);
        var swept = Command.Succeed("sweep", recipe, "--out", scratch.At("sweep"), "--json").Json["best"]!;
        var repaired = Command.Succeed(
            "repair", scratch.At("m.safetensors"), "--data", all, others, "--own", two, "--reversed", others, "--methods", "erm", "--seeds", "1",
            "--epochs", "3", "--batch", "12", "--hold-out", "0.25", "--run", scratch.At("repair"), "--json").Json;

        Assert.Equal(1.0, (double)trained[0]!["accuracy"]!);
        Assert.Equal(1.0, (double)swept["evaluations"]![0]!["accuracy"]!);
        Assert.Equal(1.0, (double)swept["validations"]![0]!["accuracy"]!);
        Assert.Equal([1.0, 1.0], repaired["model"]!.AsArray().Select(set => (double)set!["accuracy"]!));
        var complaint = Command.Complaint(1, "train", "--data", two, "--evaluate", others, "--out", scratch.At("n.safetensors"), "--epochs", "1");
        Assert.Contains("has images of the class 'dog', which the training data does not have: cat, horse", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_written_with_a_decimal_point_are_the_same_numbers()
    {
        using var scratch = new Scratch();
        Copy(At("float-labels"), scratch.At("whole"));
        var table = File.ReadAllText(At("float-labels/metadata.csv"));
        File.WriteAllText(scratch.At("whole/metadata.csv"), table.Replace(".0,", ",", StringComparison.Ordinal));
        var model = scratch.At("m.safetensors");
        Command.Succeed(["train", "--data", $"{scratch.At("whole")}:train", "--out", model, .. Learning]);

        Assert.Equal([1.0, 1.0], Evaluate(model, $"{scratch.At("whole")}:train", $"{At("float-labels")}:train"));
    }

    [Theory]
    [InlineData("float64", ".pth")]
    [InlineData("float64", ".safetensors")]
    [InlineData("float16", ".pth")]
    [InlineData("float16", ".safetensors")]
    [InlineData("int32", ".pth")]
    [InlineData("int32", ".safetensors")]
    public void Weights_of_any_number_type_are_the_same_numbers_in_another_file(string type, string ending)
    {
        using var scratch = new Scratch();
        var expected = Npz.Read(At($"weights-{type}.npz"));

        Command.Succeed("convert", At($"weights-{type}.npz"), scratch.At($"w{ending}"));

        var written = WeightFile.Read(scratch.At($"w{ending}")).Weights;
        Assert.Equal(expected.Keys.Order(), written.Keys.Order());
        foreach (var (name, array) in expected)
        {
            Assert.Equal(array.Shape, written[name].Shape);
            Assert.Equal(Floats(array), Floats(written[name]));
        }
    }

    [Fact]
    public void Among_many_channels_the_digits_and_the_colours_are_found()
    {
        using var scratch = new Scratch();

        var probe = Command.Succeed("probe", "--activations", At("roles-64-channels.npz"), "--out", scratch.At("probe"), "--json").Json;

        Assert.Equal(["hero", "traitor"], probe["neurons"]!.AsArray().Take(2).Select(neuron => (string?)neuron!["role"]));
    }

    [Fact]
    public void A_share_of_no_variance_is_undefined_and_loses_no_training()
    {
        using var scratch = new Scratch();

        // One row differs from the others, and it is not among those held out.
        float[] rows = [.. Enumerable.Range(0, 8).Select(at => (float)at), .. Enumerable.Repeat(1f, 792)];
        Npz.Write(scratch.At("alike.npz"), [new("activations", new(rows, 100, 8))]);

        // Here the last tenth is all alike; what is held out is drawn from everywhere.
        var drawn = Decompose(At("constant-held-out.npz"));
        var alike = Decompose(scratch.At("alike.npz"));

        Assert.True((double)drawn["fvu"]! > 0);
        Assert.True(alike.AsObject().ContainsKey("fvu") && alike["fvu"] is null);
        Assert.True(File.Exists(scratch.At("a.safetensors")));

        JsonNode Decompose(string file) =>
            Command.Succeed("decompose", "--activations", file, "--epochs", "1", "--out", scratch.At("a.safetensors"), "--json").Json;
    }

    [Fact]
    public void A_table_that_says_blue_is_painted_in_every_other_colour()
    {
        var audit = Command.Succeed("audit", At("red-only.safetensors"), "--data", At("blue-digits"), "--json").Json;

        Assert.Equal(1 / 9.0, (double)audit["flipRate"]!, 6);
    }

    [Fact]
    public void The_order_of_a_headers_keys_means_nothing() =>
        Assert.Equal(4, (int)Command.Succeed("info", At("header-order.npz"), "--json").Json["images"]!["count"]!);

    private static string At(string relative) => Path.Combine(AppContext.BaseDirectory, "Cases", relative);

    private static IEnumerable<double> Evaluate(string model, params string[] data) =>
        Command.Succeed(["evaluate", model, "--data", .. data, "--json"]).Json["evaluations"]!.AsArray().Select(one => (double)one!["accuracy"]!);

    private static double[] Floats(NpyArray array) =>
        [.. array.Data.Cast<object>().Select(value => value is Half half ? (double)half : (float)Convert.ToDouble(value))];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
