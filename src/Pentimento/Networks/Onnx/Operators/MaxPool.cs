using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Maxima of windows.</summary>
internal sealed class MaxPool : Operator
{
    public override NodeRole Role => NodeRole.MaxPool;

    public override IReadOnlyList<Tensor> RunAll(OnnxCall call)
    {
        var x = call[0];
        var windows = Windows.Of(call, call.Node.Ints("kernel_shape") ?? throw call.Node.Refusal("lacks its kernel_shape", null));
        var ceil = call.Node.Int("ceil_mode", 0) == 1;
        if (call.Node.Outputs.Count > 1) return Located(call, x, windows);
        if (!x.is_floating_point()) return [Of(x.to_type(ScalarType.Float32), windows, ceil).to_type(x.dtype)];
        return [Of(x, windows, ceil)];
    }

    private static Tensor Of(Tensor x, Windows windows, bool ceil)
    {
        var even = windows.Even && windows.Before.Zip(windows.Size).All(pair => pair.First <= pair.Second / 2);
        if (!even) x = windows.Padded(x, double.NegativeInfinity);
        var padding = even ? windows.Before : new long[windows.Size.Length];
        return windows.Size.Length switch
        {
            1 => nn.functional.max_pool1d(x, windows.Size[0], windows.Stride[0], padding[0], windows.Dilation[0], ceil),
            2 => nn.functional.max_pool2d(x, windows.Size, windows.Stride, padding, windows.Dilation, ceil),
            _ => nn.functional.max_pool3d(x, windows.Size, windows.Stride, padding, windows.Dilation, ceil),
        };
    }

    /// <summary>Maxima and where in the whole tensor they stand.</summary>
    private static Tensor[] Located(OnnxCall call, Tensor x, Windows windows)
    {
        if (windows.Size.Length != 2 || !windows.Even)
            throw call.Node.Unsupported("with places of maxima is supported for even windows of two dimensions only");
        var (values, places) = nn.functional.max_pool2d_with_indices(
            x.to_type(ScalarType.Float32), windows.Size, windows.Stride, windows.Before, windows.Dilation, call.Node.Int("ceil_mode", 0) == 1);
        var (height, width) = (x.shape[2], x.shape[3]);
        if (call.Node.Int("storage_order", 0) == 1) places = (places.remainder(width) * height) + places.div(width, RoundingMode.floor);
        var planes = arange(x.shape[0] * x.shape[1], ScalarType.Int64).view(x.shape[0], x.shape[1], 1, 1) * (height * width);
        return [values.to_type(x.dtype), places + planes];
    }
}
