using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>What ONNX Runtime answers.</summary>
internal static class OnnxRuntimeOracle
{
    /// <summary>The first output for images, float32.</summary>
    /// <remarks>The graph is run as it is written: a wide pad joined to the pool behind it makes a pool that the same runtime refuses.</remarks>
    public static torch.Tensor Run(string file, torch.Tensor images)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using var session = new InferenceSession(file, options);
        var input = new DenseTensor<float>(images.contiguous().data<float>().ToArray(), [.. images.shape.Select(size => (int)size)]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(session.InputMetadata.Keys.First(), input)]);
        var output = results[0].AsTensor<float>();
        return tensor(output.ToArray()).view([.. output.Dimensions.ToArray().Select(size => (long)size)]);
    }
}
