using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pentimento.Foundation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Benchmarks;

/// <summary>Forward passes of an ONNX file, by turns here and in ONNX Runtime: onnx-runtime FILE [BATCH [THREADS]].</summary>
internal static class OnnxRuntimeRounds
{
    private const int Rounds = 9;

    /// <summary>Prints the speeds and the ratio of each round, and how long reading the file took.</summary>
    public static void Print(string file, int batch, int threads)
    {
        Native.Load(threads);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var watch = Stopwatch.StartNew();
        using var read = ModelFile.Read(file);
        Console.WriteLine($"read in {watch.Elapsed.TotalSeconds:0.00} s");
        var network = read.Folded();
        var images = rand([batch, network.Shape.Height, network.Shape.Width, network.Shape.Channels]).permute(0, 3, 1, 2);
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        using var session = new InferenceSession(file, options);
        var input = new DenseTensor<float>(images.contiguous().data<float>().ToArray(), [.. images.shape.Select(size => (int)size)]);
        var named = NamedOnnxValue.CreateFromTensor(session.InputMetadata.Keys.First(), input);
        var rounds = new List<(double Ours, double Theirs)>();
        for (var round = 0; round <= Rounds; round++)
        {
            using var inner = NewDisposeScope();
            var one = (Seconds(() => network.call(images).sum().item<float>()), Seconds(() => session.Run([named]).Dispose()));
            // In the first round memory is taken and kernels are chosen.
            if (round > 0) rounds.Add(one);
        }

        var ratios = rounds.Select(round => round.Theirs / round.Ours).Order().ToList();
        Console.WriteLine($"here {batch / Median(rounds.Select(round => round.Ours)):0.0} images/s, "
            + $"ONNX Runtime {batch / Median(rounds.Select(round => round.Theirs)):0.0} images/s, "
            + $"times as fast {ratios[Rounds / 2]:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static double Seconds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
