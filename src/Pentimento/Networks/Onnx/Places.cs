using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Indices, which may count from the end.</summary>
internal static class Places
{
    /// <summary>Indices as int64 from the front, beside what they index.</summary>
    public static Tensor Counted(Tensor indices, long size, torch.Device device)
    {
        var whole = indices.to(ScalarType.Int64, device);
        return whole + (whole.lt(0).to_type(ScalarType.Int64) * size);
    }
}
