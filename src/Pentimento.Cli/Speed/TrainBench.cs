using System.Diagnostics;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Cli.Speed;

/// <summary>How fast this machine trains cnn3 in batches of 256, and how near that is to what the machine and libtorch can do.</summary>
/// <param name="Set">At least a batch of coloured digits.</param>
/// <param name="Run">Hears how far it is.</param>
internal sealed record TrainBench(ImageSet Set, RunContext Run)
{
    private const int Batch = 256;
    // Many short rounds: one of them finds the machine at rest.
    private const int Rounds = 12;
    private const int StepsPerRound = 4;

    /// <summary>How many images it uses.</summary>
    public const int Images = StepsPerRound * Batch;

    private int Steps => Math.Min(StepsPerRound, Set.Count / Batch);

    /// <summary>Measures everything in turn, round after round, so that other work on the machine meets all alike; the best round counts.</summary>
    public IReadOnlyList<Measured> Measure()
    {
        Require.That(Set.Count >= Batch, $"bench train needs at least {Batch} images, got {Set.Count}.");
        using var scope = NewDisposeScope();
        using var network = new Cnn3().Build(Set.Shape, 10, new(1));
        var (plain, twiceDerived) = (Plain(static (logits, labels) => nn.functional.cross_entropy(logits, labels)), Plain(TwiceDerived));
        var ways = new (string Name, Func<double> Seconds)[]
        {
            ("float32", () => Epoch(network, new())),
            ("bfloat16", () => Epoch(network, new() { Precision = Precision.Bfloat16 })),
            ("plain", plain),
            ("two", () => Epoch(network, new(), environments: 2)),
            ("v-rex", () => Epoch(network, new() { Objective = new VarianceRiskExtrapolation() }, environments: 2)),
            ("irm", () => Epoch(network, new() { Objective = new InvariantRisk() }, environments: 2)),
            ("irm-plain", twiceDerived),
            ("data", Data),
            ("matmul", SecondsPerFlop),
        };
        var best = ways.ToDictionary(way => way.Name, _ => double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            Run.Report(new("bench train", round, Rounds));
            foreach (var (name, seconds) in ways) best[name] = Math.Min(best[name], seconds());
        }

        var work = FlopsPerImage(network) * Batch;
        return
        [
            new("train", Batch / best["float32"], "images/s"),
            new("train-bfloat16", Batch / best["bfloat16"], "images/s"),
            new("train-plain", Batch / best["plain"], "images/s"),
            new("train-over-plain", best["plain"] / best["float32"], "times"),
            new("train-bfloat16-over-float32", best["float32"] / best["bfloat16"], "times"),
            new("v-rex-over-erm", best["v-rex"] / best["two"], "times the seconds"),
            new("irm-over-erm", best["irm"] / best["two"], "times the seconds"),
            new("irm-over-irm-plain", best["irm-plain"] / best["irm"], "times"),
            new("train-arithmetic", work / best["float32"] / 1e9, "GFLOP/s"),
            new("matmul", 1 / best["matmul"] / 1e9, "GFLOP/s"),
            new("train-over-matmul", 100 * work / best["float32"] * best["matmul"], "%"),
            new("train-data", 100 * best["data"] / best["float32"], "% of a step"),
        ];
    }

    /// <summary>Floating-point operations of one image's training, counted from the layers: two a weight and place, forward and once for
    /// each gradient.</summary>
    public static double FlopsPerImage(Classifier network)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (state, image) = (network.state_dict(), zeros(1, network.Shape.Channels, network.Shape.Height, network.Shape.Width));
        var products = network.Cuts.Where(cut => state.ContainsKey($"{cut}.weight")).Select(cut =>
        {
            var weight = state[$"{cut}.weight"];
            return (double)weight.numel() * network.Head(image, cut).numel() / weight.shape[0];
        }).ToList();
        // The gradient of the images is not computed.
        return (6 * products.Sum()) - (2 * products[0]);
    }

    /// <summary>Seconds of a step of this software's own training.</summary>
    private double Epoch(Classifier network, TrainingOptions options, int environments = 1)
    {
        var sets = Enumerable.Range(0, Steps * Batch).Chunk(Steps * Batch / environments).Select(Set.Pick);
        return Trainer.Train(network, options with { Epochs = 1, Batch = Batch }, new([.. sets]), TrainingLog.Empty, RunContext.OnCpu())[0].Seconds
            / Steps;
    }

    /// <summary>IRM's loss over two environments as DomainBed has it: the penalty is derived by autograd, so that the step derives it a
    /// second time.</summary>
    private static Tensor TwiceDerived(Tensor logits, Tensor labels)
    {
        var scale = ones(1, requires_grad: true);
        Tensor Gradient(Tensor some, Tensor theirs) =>
            autograd.grad([nn.functional.cross_entropy(some * scale, theirs)], [scale], retain_graph: true, create_graph: true)[0];
        Tensor Slice(Tensor of, int at) => of.slice(0, at, of.shape[0], 2);
        var environments = logits.chunk(2).Zip(labels.chunk(2)).ToList();
        var risk = stack(environments.Select(part => nn.functional.cross_entropy(part.First, part.Second))).mean();
        var penalty = stack(
                environments.Select(part =>
                    (Gradient(Slice(part.First, 0), Slice(part.Second, 0)) * Gradient(Slice(part.First, 1), Slice(part.Second, 1))).sum()))
            .mean();
        return risk + (100 * penalty);
    }

    /// <summary>Seconds of a step as libtorch is used without further thought: planes of one colour after another, ReLU before pooling.</summary>
    private Func<double> Plain(Func<Tensor, Tensor, Tensor> lossOf)
    {
        var network = nn.Sequential(
            nn.Conv2d(3, 32, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 64, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(576, 128), nn.ReLU(), nn.Linear(128, 10));
        var optimizer = optim.Adam(network.parameters());
        var images = Pixels.Slice(Set.Tensor(), 0, Batch).contiguous();
        var labels = Set.LabelTensor().slice(0, 0, Batch, 1);
        return () => Timed(Steps, () =>
        {
            optimizer.zero_grad();
            var loss = lossOf(network.call(images), labels);
            loss.backward();
            optimizer.step();
            loss.item<float>();
        });
    }

    /// <summary>Seconds to make a batch of stored bytes what the network reads.</summary>
    private double Data()
    {
        var (bytes, labels, places) = (Set.Tensor(), Set.LabelTensor(), arange(Batch, int64).flip(0));
        return Timed(Steps, () =>
        {
            Pixels.Batch(bytes, places);
            labels.index_select(0, places);
        });
    }

    /// <summary>Seconds of one operation of a large float32 matrix product, by the faster of libtorch's two ways: mm, and a 1x1
    /// convolution.</summary>
    public static double SecondsPerFlop()
    {
        const int Size = 1024;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (left, right) = (ones(Size, Size), ones(Size, Size));
        var images = ones(16, 16, 16, Size).permute(0, 3, 1, 2);
        var weight = ones(256, 1, 1, Size).permute(0, 3, 1, 2);
        return Math.Min(
            Timed(2, () => left.mm(right)) / (2.0 * Size * Size * Size),
            Timed(2, () => nn.functional.conv2d(images, weight)) / (2.0 * 16 * 16 * 16 * Size * 256));
    }

    private static double Timed(int times, Action work)
    {
        var watch = Stopwatch.StartNew();
        for (var time = 0; time < times; time++)
        {
            using var inner = NewDisposeScope();
            work();
        }

        return watch.Elapsed.TotalSeconds / times;
    }
}
