using Pentimento.Data;
using Pentimento.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>torchvision's networks, exported by PyTorch in the test: logits, gradients and a training step are PyTorch's.</summary>
public sealed class TorchvisionTests(TorchPython python) : IClassFixture<TorchPython>
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("resnet18", 11, "fixed")]
    [InlineData("resnet50", 13, "dynamic")]
    [InlineData("vgg16", 17, "fixed")]
    [InlineData("alexnet", 11, "dynamic")]
    [InlineData("googlenet", 13, "fixed")]
    [InlineData("squeezenet1_0", 17, "dynamic")]
    [InlineData("inception_v3", 11, "fixed")]
    [InlineData("densenet121", 13, "dynamic")]
    [InlineData("mobilenet_v2", 17, "fixed")]
    [InlineData("mnasnet1_0", 11, "dynamic")]
    [InlineData("mobilenet_v3_small", 13, "fixed")]
    [InlineData("mobilenet_v3_large", 17, "dynamic")]
    [InlineData("efficientnet_b0", 11, "fixed")]
    [InlineData("regnet_y_400mf", 13, "dynamic")]
    [InlineData("shufflenet_v2_x1_0", 17, "fixed")]
    [InlineData("shufflenet_v2_x1_0", 11, "dynamic")]
    [InlineData("convnext_tiny", 13, "fixed")]
    [InlineData("convnext_tiny", 17, "dynamic")]
    [InlineData("vit_b_16", 13, "fixed")]
    [InlineData("vit_b_16", 17, "fixed")]
    [InlineData("vit_b_16", 17, "dynamic")]
    [InlineData("swin_t", 13, "fixed")]
    [InlineData("swin_t", 17, "fixed")]
    [InlineData("fresh", 13, "dynamic")]
    public void Logits_and_gradients_are_those_of_pytorch(string name, int opset, string batch)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        var expected = Export(scratch.Folder, name, opset, batch);

        using var folded = ModelFile.Read(scratch.At($"{name}.onnx"));
        AssertClose("logits in single precision", expected["logits"], folded.call(Tensor(expected["images"]).to_type(float32)));
        folded.to(float64);
        var (logits, input, _) = Gradients(folded, expected, []);
        AssertClose("logits", expected["logits"], logits);
        AssertClose("input gradient", expected["input"], input);

        using var whole = ModelFile.Read(scratch.At($"{name}-whole.onnx"));
        whole.to(float64);
        AssertSame(whole, expected, "");
        if (!expected.ContainsKey("train/logits")) return;
        whole.train();
        AssertSame(whole, expected, "train/");
        foreach (var (key, statistic) in expected.Where(pair => pair.Key.StartsWith("train/", StringComparison.Ordinal)
            && pair.Key.Contains("running")))
            AssertClose(key, statistic, whole.Graph.Sources[key["train/".Length..]]());
    }

    private static void AssertSame(Classifier network, IReadOnlyDictionary<string, NpyArray> expected, string mode)
    {
        var prefix = $"{mode}weight/";
        string[] names = [.. expected.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..])];
        Assert.Equal(names.Order(), network.Graph.Sources.Keys.Where(names.Contains).Order());
        Assert.Equal(names.Length, network.parameters().Count());

        var (logits, input, weights) = Gradients(network, expected, names);

        AssertClose($"{mode}logits", expected[$"{mode}logits"], logits);
        AssertClose($"{mode}input gradient", expected[$"{mode}input"], input);
        var largest = names.Max(name => ((double[])expected[prefix + name].Data).Max(Math.Abs));
        foreach (var (name, gradient) in names.Zip(weights)) AssertClose($"gradient of {name}", expected[prefix + name], gradient, 0.01 * largest);
    }

    private static (Tensor Logits, Tensor Input, IList<Tensor> Weights) Gradients(
        Classifier network, IReadOnlyDictionary<string, NpyArray> expected, string[] names)
    {
        var images = Tensor(expected["images"]).requires_grad_();
        var logits = network.call(images);
        var loss = nn.functional.cross_entropy(logits, tensor((long[])expected["labels"].Data));
        var gradients = autograd.grad([loss], [images, .. names.Select(name => network.Graph.Sources[name]())]);
        return (logits, gradients[0], [.. gradients.Skip(1)]);
    }

    private static void AssertClose(string what, NpyArray expected, Tensor ours, double least = 1e-6)
    {
        var (theirs, size) = (Tensor(expected), Math.Max(least, ((double[])expected.Data).Max(Math.Abs)));
        Assert.Equal(theirs.shape, ours.shape);
        var off = (theirs - ours).abs().max().item<double>();
        Assert.True(off <= Tolerance * size, $"{what}: off by {off}, its largest value being {size}.");
    }

    private static Tensor Tensor(NpyArray array) => tensor((double[])array.Data).view(array.Shape);

    private IReadOnlyDictionary<string, NpyArray> Export(string folder, string name, int opset, string batch)
    {
        python.Run("torchvision_export", folder, $"{opset}", batch, name);
        return Npz.Read(Path.Combine(folder, $"{name}.npz"));
    }
}
