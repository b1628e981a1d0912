using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using Pentimento.Probing;
using Pentimento.Sparse.Training;
using Pentimento.Sparse.Variants;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Cli.Speed;

/// <summary>The benchmarks against plain PyTorch, and of information against scikit-learn; peers.py holds the other side of each.</summary>
internal static class PyTorchBenchmarks
{
    private const int Batch = 256;
    // A training's first steps fetch memory from the system.
    private const int StepImages = 16 * Batch;
    private const int Photographs = 32;
    private const int StepsOfPhotographs = 4;
    private const int Rows = 8192;
    private const int Channels = 64;
    private const int Probed = 10_000;

    /// <summary>Every contest.</summary>
    public static IReadOnlyList<PairedBenchmark> All { get; } =
    [
        new("step", "training step of `cnn3`, batch 256, 16 steps", "images/s", place => Stepping(place, new()), "train"),
        new("step-bfloat16", "the same in bfloat16, against float32 there", "images/s",
            place => Stepping(place, new() { Precision = Precision.Bfloat16 }), "train"),
        new("irm", "IRM's step, two environments", "images/s", place => Stepping(place, new() { Objective = new InvariantRisk() }, 2), "irm"),
        new("inference", "inference of `cnn3`, 5,000 digits", "images/s", Answering, "inference"),
        new("pgd", "PGD of 40 steps, 500 digits", "images/s", Attacking, "pgd"),
        new("grad-cam", "Grad-CAM, 1,000 digits", "images/s", Explaining, "grad_cam"),
        new("visualize", "visualisation of 64 channels, 64 steps", "pictures/s", Visualizing, "visualize"),
        new("autoencoder", "top-k autoencoder, 576 to 2,304, batch 4,096", "rows/s", Decomposing, "autoencoder"),
        new("information", "mutual information of 64 channels with 2 attributes, alone and given the other, 10,000 images", "channels/s",
            Informing, "information"),
        new("resnet18", "inference of ResNet-18 at 224x224, batch 32", "images/s", place => Photograph(place, training: false), "resnet18"),
        new("resnet18-step", "training step of the same, 4 steps", "images/s", place => Photograph(place, training: true), "resnet18_step"),
    ];

    private static (Action Work, int Count) Stepping(BenchPlace place, TrainingOptions options, int environments = 1)
    {
        var set = Digits(place, StepImages);
        var network = Network(set, place);
        var parts = Enumerable.Range(0, set.Count).Chunk(set.Count / environments).Select(set.Pick).ToList();
        return (() => Trainer.Train(network, options with { Epochs = 1, Batch = Batch }, new(parts), TrainingLog.Empty, place.Run), set.Count);
    }

    private static (Action Work, int Count) Answering(BenchPlace place)
    {
        var set = Digits(place, 5000);
        var network = Network(set, place);
        return (() => Predictor.Classes(network, set, place.Run), set.Count);
    }

    private static (Action Work, int Count) Attacking(BenchPlace place)
    {
        var set = Digits(place, 500);
        var network = Network(set, place);
        return (() => new Pgd(Steps: 40).PerturbSet(network, set, Criterion.Any, place.Run).Dispose(), set.Count);
    }

    private static (Action Work, int Count) Explaining(BenchPlace place)
    {
        var set = Digits(place, 1000);
        var network = Network(set, place);
        return (() => new GradCam().ExplainSet(network, set, new long[set.Count], network.LastRelu, place.Run).Dispose(), set.Count);
    }

    private static (Action Work, int Count) Visualizing(BenchPlace place)
    {
        var set = Digits(place, 64);
        var network = Network(set, place);
        var target = new VisualizationTarget("conv3", [.. Enumerable.Range(0, 64)]);
        return (() => new JitteredAscent(Steps: 64).Draw(network, target, set, place.Run).Dispose(), set.Count);
    }

    private static (Action Work, int Count) Decomposing(BenchPlace place)
    {
        using var generator = place.Run.Seed.For("rows").On(CPU);
        var rows = rand([Rows, 576], generator: generator);
        var options = new AutoencoderTrainingOptions { Variant = new TopK(), Epochs = 1, Batch = 4096 };
        return (() => AutoencoderTrainer.Train(options, rows, place.Run).Autoencoder.Dispose(), Rows);
    }

    private static (Action Work, int Count) Informing(BenchPlace place)
    {
        var random = new SplitMix64(place.Run.Seed.For("activations"));
        double[] Drawn() => [.. Enumerable.Range(0, Probed).Select(_ => random.Uniform())];
        long[] Attribute() => Array.ConvertAll(Drawn(), drawn => (long)(10 * drawn));
        var channels = Enumerable.Range(0, Channels).Select(_ => Drawn()).ToList();
        var table = new ActivationTable("activations", channels, Attribute(), Attribute());
        return (() => new MutualInformationTest(table, new QuantileBins(), place.Run, place.Threads).Run(0, place.Run), Channels);
    }

    private static (Action Work, int Count) Photograph(BenchPlace place, bool training)
    {
        using var generator = place.Run.Seed.For("images").On(CPU);
        var count = training ? Photographs * StepsOfPhotographs : Photographs;
        var pixels = (rand([count, 224, 224, 3], generator: generator) * 255).to(uint8).data<byte>().ToArray();
        var set = new ImageSet("photographs", pixels, new long[count], new long[count], new(224, 224, 3));
        var network = new ResNet18(Entrance.Imagenet).Build(set.Shape, 1000, place.Run.Seed).On(place.Run.Device);
        if (!training) return (() => Predictor.Classes(network, set, place.Run), count);
        return (() => Trainer.Train(network, new() { Epochs = 1, Batch = Photographs }, new([set]), TrainingLog.Empty, place.Run), count);
    }

    private static Classifier Network(ImageSet set, BenchPlace place) => new Cnn3().Build(set.Shape, 10, place.Run.Seed).On(place.Run.Device);

    private static ImageSet Digits(BenchPlace place, int count) => new Painter(Canvas.Parse("rg_95z"), Palette.Seed, new(0))
        .Paint(place.Digits.Part(0, Math.Min(place.Digits.Count, count)), Split.Train, 0, place.Run.Threads, place.Run);
}
