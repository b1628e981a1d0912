using System.Diagnostics;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Cli.Speed;

/// <summary>How fast a photograph's network answers: ResNet-18 at 224x224 in batches of 32.</summary>
internal static class ResNetBench
{
    private const int Rounds = 3;
    private const int Batch = 32;

    /// <summary>Images a second, as it is and folded.</summary>
    public static IReadOnlyList<Measured> Measure(RunContext run)
    {
        using var scope = NewDisposeScope();
        using var network = new ResNet18(Entrance.Imagenet).Build(new(224, 224, 3), 1000, run.Seed).On(run.Device);
        using var generator = run.Seed.For("images").On(run.Device.ToTorch());
        var images = rand([Batch, 3, 224, 224], device: run.Device.ToTorch(), generator: generator);
        return
        [
            new("unfolded", Speed(network, images, run), "images/s"),
            new("folded", Speed(network.Folded(), images, run), "images/s"),
        ];
    }

    private static double Speed(Classifier network, Tensor images, RunContext run)
    {
        using var inference = inference_mode();
        var best = double.PositiveInfinity;
        // The first round is not counted: kernels are chosen in it.
        for (var round = 0; round <= Rounds; round++)
        {
            using var inner = NewDisposeScope();
            run.Report(new("bench folding", round, Rounds + 1));
            var watch = Stopwatch.StartNew();
            network.call(images).sum().item<float>();
            if (round > 0) best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return Batch / best;
    }
}
