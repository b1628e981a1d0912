using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>A convolution over one, two or three dimensions; uneven padding is put around the input first.</summary>
internal sealed class Conv : Operator
{
    public override NodeRole Role => NodeRole.Convolution;

    public override IReadOnlyList<string> Weights => ["", "weight", "bias"];

    protected override Tensor Run(OnnxCall call)
    {
        var (x, weight, bias, node) = (call[0], call[1], call.Maybe(2), call.Node);
        var windows = Windows.Of(call, weight.shape[2..]);
        var groups = node.Int("group", 1);
        if (!windows.Even) x = windows.Padded(x, 0);
        var padding = windows.Even ? windows.Before : new long[windows.Size.Length];
        return windows.Size.Length switch
        {
            1 => nn.functional.conv1d(x, weight, bias, windows.Stride[0], padding[0], windows.Dilation[0], groups),
            2 => nn.functional.conv2d(x, weight, bias, windows.Stride, padding, windows.Dilation, groups),
            3 => nn.functional.conv3d(x, weight, bias, windows.Stride, padding, windows.Dilation, groups),
            var dimensions => throw node.Unsupported($"over {dimensions} dimensions is not supported"),
        };
    }
}
