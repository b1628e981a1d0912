using System.Reflection;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>A network from elsewhere: ResNet-18, trained on ImageNet and written by CNTK for opset 8, as ML.NET hands it out.</summary>
public sealed class FeaturizerTests
{
    private static string Model => Path.Combine(
        typeof(FeaturizerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(said => said.Key == "Featurizer").Value!,
        "tools", "DnnImageModels", "ResNet18Onnx", "ResNet18.onnx");

    [Fact]
    public void Its_features_are_those_of_onnx_runtime_and_its_own_graph_goes_back_out()
    {
        Assert.SkipUnless(File.Exists(Model), $"The package Microsoft.ML.DnnImageFeaturizer.ResNet18 was not restored: there is no {Model}.");
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = ModelFile.Read(Model);
        var images = RoundTripTests.Images(3, 224, 224, count: 1) * 255;

        var features = network.call(images);
        ModelFile.Write(scratch.At("back.onnx"), network, "");

        var theirs = OnnxRuntimeOracle.Run(Model, images).flatten(1);
        Assert.Equal([1, 512], features.shape);
        Assert.True(theirs.allclose(features, 1e-3, 1e-3));
        Assert.True(theirs.equal(OnnxRuntimeOracle.Run(scratch.At("back.onnx"), images).flatten(1)).all().item<bool>());
        // CNTK writes one image at a time; the reader takes any number.
        Assert.True(features.allclose(network.call(cat([images, images / 2]))[..1], 1e-4, 1e-4));
    }
}
