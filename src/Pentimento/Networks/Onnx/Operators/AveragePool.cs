using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Means of windows; padding counts only where asked.</summary>
internal sealed class AveragePool : Operator
{
    public override NodeRole Role => NodeRole.Pool;

    protected override Tensor Run(OnnxCall call)
    {
        var windows = Windows.Of(call, call.Node.Ints("kernel_shape") ?? throw call.Node.Refusal("lacks its kernel_shape", null));
        if (windows.Dilation.Any(step => step != 1)) throw call.Node.Unsupported("with dilations is not supported");
        var (ceil, counts) = (call.Node.Int("ceil_mode", 0) == 1, call.Node.Int("count_include_pad", 0) == 1);
        if (windows.Size.Length == 1) return Of(call[0].unsqueeze(2), windows.Widened(), ceil, counts).squeeze(2);
        return Of(call[0], windows, ceil, counts);
    }

    private static Tensor Of(Tensor x, Windows windows, bool ceil, bool counts)
    {
        var even = windows.Even && windows.Before.Zip(windows.Size).All(pair => pair.First <= pair.Second / 2);
        if (even && windows.Size.Length == 2) return nn.functional.avg_pool2d(x, windows.Size, windows.Stride, windows.Before, ceil, counts);
        using var still = counts ? null : no_grad();
        var ones = windows.Padded(ones_like(x.detach()), counts ? 1 : 0);
        var members = Sums(ones, windows, ceil);
        still?.Dispose();
        return Sums(windows.Padded(x, 0), windows, ceil) / members;
    }

    private static Tensor Sums(Tensor x, Windows windows, bool ceil) => windows.Size.Length == 2
        ? nn.functional.avg_pool2d(x, windows.Size, windows.Stride, [0, 0], ceil, true, 1)
        : nn.functional.avg_pool3d(x, windows.Size, windows.Stride, [0, 0, 0], ceil, true, 1);
}
