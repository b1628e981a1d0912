using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>torchvision's own files: bare weights, whole modules, TorchScript; answers and gradients are PyTorch's.</summary>
public sealed class ForeignWeightsTests(TorchvisionFiles files) : IClassFixture<TorchvisionFiles>
{
    [Theory, InlineData("resnet18"), InlineData("resnet34"), InlineData("resnet50")]
    public void Bare_weights_are_read_under_torchvision_s_names(string name)
    {
        using var scope = NewDisposeScope();
        var folder = files.Of(name);

        using var network = ModelFile.Read(Path.Combine(folder, "weights.pth"), Catalog.Read<Pentimento.Networks.Architecture>(name));

        Assert.Equal((new(224, 224, 3), 7, $"{name}:stem=imagenet"), (network.Shape, network.Classes, Catalog.Write(network.Architecture)));
        network.to(float64);
        AssertAnswers(folder, network, float64, 1e-9);
    }

    [Fact]
    public void TorchScript_is_cut_at_its_children_and_answers_and_differentiates_as_the_whole()
    {
        using var scope = NewDisposeScope();
        var folder = files.Of("resnet18");

        using var network = ModelFile.Read(Path.Combine(folder, "traced.pt"), new TorchScript { Side = 64 });

        AssertAnswers(folder, network, float32, 1e-2);
        Assert.Equal(
            ["conv1", "bn1", "relu", "maxpool", "layer1.0", "layer1.1", "layer2.0", "layer2.1", "layer3.0", "layer3.1", "layer4.0", "layer4.1",
                "avgpool", "fc.flat", "fc"],
            network.Cuts);
        Assert.Equal("layer4.1", network.LastRelu);
        Assert.Equal(512, network.Open(rand(2, 3, 64, 64)).Features.shape[^1]);
        Assert.Equal(62, network.parameters().Count());
        Assert.Contains("layer4.1.bn2.running_var", network.state_dict().Keys);
        var images = rand(2, 3, 64, 64);
        Assert.All(network.Cuts, cut => Assert.True(network.call(images).allclose(network.Tail(network.Head(images, cut), cut), 1e-5, 1e-5)));
    }

    [Fact]
    public void What_needs_code_to_be_run_is_refused_with_what_helps()
    {
        var folder = files.Of("resnet18");

        string Refusal(string file, Pentimento.Networks.Architecture network) =>
            Assert.Throws<BadInputException>(() => ModelFile.Read(Path.Combine(folder, file), network)).Message;

        Assert.Contains("export it in Python: import torch; torch.onnx.export(torch.load('whole.pth'", Refusal("whole.pth", new ResNet18()));
        Assert.Contains("--network torchscript reads it, which runs the code inside", Refusal("traced.pt", new ResNet18()));
        Assert.Contains("cannot be run as TorchScript", Refusal("weights.pth", new TorchScript { Side = 64 }));
    }

    private static void AssertAnswers(string folder, Classifier network, ScalarType type, double tolerance)
    {
        var answers = Npz.Read(Path.Combine(folder, "answers.npz"));
        Tensor Of(string name) => tensor((double[])answers[name].Data).view(answers[name].Shape).to_type(type);
        var images = Of("images").requires_grad_();

        var logits = network.call(images);
        var gradient = autograd.grad([nn.functional.cross_entropy(logits, arange(3))], [images])[0];

        AssertClose(Of("logits"), logits, Math.Min(1e-4, tolerance));
        AssertClose(Of("gradient"), gradient, tolerance);
    }

    private static void AssertClose(Tensor theirs, Tensor ours, double tolerance)
    {
        var size = theirs.abs().max().to_type(float64).item<double>();
        Assert.InRange((theirs - ours).abs().max().to_type(float64).item<double>(), 0, tolerance * size);
    }
}

/// <summary>What torchvision's networks are saved as, each written once.</summary>
public sealed class TorchvisionFiles : IDisposable
{
    private readonly TorchPython python = new();
    private readonly Scratch scratch = new();
    private readonly HashSet<string> written = [];

    /// <summary>The folder of a network's files.</summary>
    public string Of(string name)
    {
        var folder = Directory.CreateDirectory(scratch.At(name)).FullName;
        if (written.Contains(name)) return folder;
        python.Run("torchvision_weights", folder, name);
        written.Add(name);
        return folder;
    }

    public void Dispose()
    {
        python.Dispose();
        scratch.Dispose();
    }
}
