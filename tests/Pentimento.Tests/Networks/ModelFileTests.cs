using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Tests.Networks;

public sealed class ModelFileTests
{
    [Fact]
    public void A_network_reads_back_with_all_that_it_was()
    {
        using var scratch = new Scratch();
        using var network = new Cnn3(Dropout: 0.25).Build(new(20, 12, 1), 4, new(3));

        ModelFile.Write(scratch.At("m.safetensors"), network, "its recipe");
        using var back = ModelFile.Read(scratch.At("m.safetensors"));

        Assert.Equal(network.Architecture, back.Architecture);
        Assert.Equal((network.Shape, network.Classes, false), (back.Shape, back.Classes, back.training));
        Assert.Equal(Values(network), Values(back));
        Assert.Equal("its recipe", ModelFile.Describe(scratch.At("m.safetensors"))["recipe"]);
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        using var scratch = new Scratch();
        using var network = TinyProblem.Network();
        ModelFile.Write(scratch.At("a.safetensors"), network, "r");
        ModelFile.Write(scratch.At("b.safetensors"), network, "r");

        Assert.Equal(File.ReadAllBytes(scratch.At("a.safetensors")), File.ReadAllBytes(scratch.At("b.safetensors")));
    }

    [Fact]
    public void The_header_has_no_entry_that_looks_like_a_tensors_and_the_old_one_is_read()
    {
        using var scratch = new Scratch();
        using var network = TinyProblem.Network();
        ModelFile.Write(scratch.At("m.safetensors"), network, "r");
        var (tensors, metadata) = SafeTensors.Read(scratch.At("m.safetensors"));
        var old = metadata.Where(pair => pair.Key != "class-names").ToDictionary(pair => pair.Key.Replace("image-shape", "shape"),
            pair => pair.Value);
        SafeTensors.Write(scratch.At("old.safetensors"), tensors, old);

        using var back = ModelFile.Read(scratch.At("old.safetensors"));

        Assert.DoesNotContain("shape", metadata.Keys);
        Assert.Contains("shape", old.Keys);
        Assert.Equal(network.Shape, back.Shape);
        Assert.Empty(back.ClassNames);
    }

    [Theory]
    [InlineData("mlp:hidden=65536-65536-65536")]
    [InlineData("cnn3")]
    [InlineData("resnet18")]
    [InlineData("flattened:network=(mlp:hidden=65536-65536)")]
    [InlineData("edited:network=(mlp:hidden=65536-65536)")]
    public void A_header_that_asks_for_more_than_the_file_holds_is_refused_before_anything_is_built(string spec)
    {
        using var scratch = new Scratch();
        SafeTensors.Write(
            scratch.At("tiny.safetensors"),
            new Dictionary<string, NpyArray> { ["fc1.weight"] = new(new float[1], 1) },
            new Dictionary<string, string> { ["network"] = spec, ["image-shape"] = "1000x1000x3", ["classes"] = "10" });

        Assert.Contains("it holds 1.", Refusal(scratch.At("tiny.safetensors"), null));
    }

    [Fact]
    public void Names_that_do_not_fit_are_listed()
    {
        using var scratch = new Scratch();
        var weights = Npz.Read(Oracle.At("weights.npz")).ToDictionary();
        weights.Remove("conv2.bias");
        weights["conv9.weight"] = new(new float[1], 1);
        Npz.Write(scratch.At("w.npz"), weights);

        Assert.EndsWith("missing conv2.bias; not expected conv9.weight.", Refusal(scratch.At("w.npz"), new Cnn3()));
        // Also where the sizes could not be told without them.
        weights.Remove("fc1.weight");
        Npz.Write(scratch.At("w.npz"), weights);
        Assert.EndsWith("missing conv2.bias, fc1.weight; not expected conv9.weight.", Refusal(scratch.At("w.npz"), new Cnn3()));
    }

    [Fact]
    public void A_tensor_of_another_shape_or_type_is_named()
    {
        using var scratch = new Scratch();
        var weights = Npz.Read(Oracle.At("weights.npz")).ToDictionary();
        Npz.Write(scratch.At("shape.npz"), new Dictionary<string, NpyArray>(weights) { ["conv2.bias"] = new(new float[63], 63) });
        Npz.Write(scratch.At("type.npz"), new Dictionary<string, NpyArray>(weights) { ["conv2.bias"] = new(new int[64], 64) });

        Assert.Contains("conv2.bias is float32 (63), expected (64)", Refusal(scratch.At("shape.npz"), new Cnn3()));
        Assert.Contains("expected floating-point weights, got int32 (64)", Refusal(scratch.At("type.npz"), new Cnn3()));
    }

    [Fact]
    public void Halved_and_doubled_precisions_are_read_from_npz()
    {
        using var scratch = new Scratch();
        var weights = Npz.Read(Oracle.At("weights.npz")).ToDictionary();
        var bias = (float[])weights["conv2.bias"].Data;
        Npz.Write(scratch.At("w.npz"), new Dictionary<string, NpyArray>(weights)
        {
            ["conv2.bias"] = new(Array.ConvertAll(bias, value => (Half)value), 64),
            ["conv3.bias"] = new(Array.ConvertAll((float[])weights["conv3.bias"].Data, value => (double)value), 64),
        });

        using var network = ModelFile.Read(scratch.At("w.npz"), new Cnn3());

        Assert.Equal(Array.ConvertAll(bias, value => (float)(Half)value), (float[])Weights.Of(network)["conv2.bias"].Data);
        Assert.Equal(weights["conv3.bias"].Data, Weights.Of(network)["conv3.bias"].Data);
    }

    [Fact]
    public void Bare_weights_need_a_network()
    {
        Assert.Contains("does not say which network", Refusal(Oracle.At("weights.npz")));
        Assert.Contains("There is no file none.npz", Refusal("none.npz"));
        Assert.Contains("expected weights as .safetensors, .pth, .pt, .npz, got '.json'", Refusal(Oracle.At("expected.json")));
    }

    [Theory]
    [InlineData("65536x65536x3", "10")]
    [InlineData("40000x40000x1", "10")]
    [InlineData("28x28", "10")]
    [InlineData("28x28x3", "-1")]
    [InlineData("28x28x3", "2000000000")]
    [InlineData("0x28x3", "10")]
    public void A_header_that_lies_about_sizes_is_refused_before_a_network_is_built(string shape, string classes)
    {
        using var scratch = new Scratch();
        SafeTensors.Write(
            scratch.At("m.safetensors"),
            new Dictionary<string, NpyArray>(),
            new Dictionary<string, string>
            {
                ["network"] = "cnn3",
                ["shape"] = shape,
                ["classes"] = classes,
            }
        );

        Assert.Contains("shape or classes", Refusal(scratch.At("m.safetensors")));
    }

    [Fact]
    public void Bare_weights_that_lie_about_sizes_are_refused_before_a_network_is_built()
    {
        using var scratch = new Scratch();
        var none = Array.Empty<float>();
        var weights = Npz.Read(Oracle.At("weights.npz"));
        Npz.Write(
            scratch.At("w.npz"),
            new Dictionary<string, NpyArray>(weights) { ["conv1.weight"] = new(none, 0, 1L << 40, 3, 3), ["fc2.weight"] = new(none, 0, 128) }
        );

        Assert.Contains("shape or classes", Refusal(scratch.At("w.npz"), new Cnn3()));
    }

    private static string Refusal(string file, Pentimento.Networks.Architecture? network = null) =>
        Assert.Throws<BadInputException>(() => ModelFile.Read(file, network)).Message;

    private static List<float> Values(Classifier network) => [.. Weights.Of(network).Values.SelectMany(array => (float[])array.Data)];
}
