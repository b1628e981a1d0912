using global::Onnx;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Initial weights of a graph whose network is read without them or trained anew.</summary>
internal static class InitialWeights
{
    private const long Most = 1L << 29;

    /// <summary>Matrices and kernels from U(-1/√n, 1/√n), n the values behind the first dimension; scales 1, shifts 0, statistics of mean 0
    /// and variance 1.</summary>
    /// <param name="proto">Says the shape.</param>
    /// <param name="name">What the weight is to its node.</param>
    /// <param name="owner">Its node.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="seed">Decides the values.</param>
    public static Tensor Of(TensorProto proto, string name, string owner, string file, Seed seed)
    {
        long[] shape = [.. proto.Dims];
        var count = shape.Aggregate(1.0, (product, size) => product * size);
        Require.That(shape.All(size => size >= 0) && count <= Most, $"{file}: the tensor '{proto.Name}' claims {count:N0} values.");
        if (shape.Length < 2) return name is "weight" or "scale" or "running_var" or "slope" ? ones(shape) : zeros(shape);
        var inputs = Math.Max(1, count / shape[0]);
        using var generator = seed.For($"{owner}.{name}").On(CPU);
        return ((rand(shape, float32, CPU, generator: generator) * 2) - 1) / Math.Sqrt(inputs);
    }
}
