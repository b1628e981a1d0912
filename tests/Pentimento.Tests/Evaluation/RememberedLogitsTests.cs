using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Tests.Operations;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class RememberedLogitsTests
{
    private readonly RunContext run = RunContext.OnCpu(1) with { Remembered = new Dictionary<string, float[]>() };
    private readonly ImageSet images = ImageSetFile.Read(SmallOperations.Data, "images");

    [Fact]
    public void The_same_network_on_the_same_images_runs_once_and_answers_the_same()
    {
        using var scope = NewDisposeScope();
        using var network = Network();

        var (first, second) = (Logits(network), Logits(network));

        Assert.Single(run.Remembered!);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Other_weights_other_images_and_networks_made_in_memory_run_anew()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var before = Logits(network);

        using (no_grad()) network.parameters().First().add_(0.1);
        var after = Logits(network);
        _ = Predictor.Logits(network, images.Pick([1, 0]), run);
        network.Source = null;
        _ = Logits(network);

        Assert.NotEqual(before, after);
        Assert.Equal(3, run.Remembered!.Count);
    }

    private static Classifier Network()
    {
        var network = ModelFile.Read(SmallOperations.Weights, new Cnn3());
        network.Source = "weights";
        return network;
    }

    private float[] Logits(Classifier network) => Predictor.Logits(network, images, run).data<float>().ToArray();
}
