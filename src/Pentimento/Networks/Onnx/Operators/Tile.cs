using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>An input repeated along each dimension.</summary>
internal sealed class Tile : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, repeats) = (call[0], call.Whole(1) ?? throw call.Node.Refusal("lacks its repeats", null));
        call.Fits(x.shape.Zip(repeats, (size, times) => (long)Math.Min((double)size * times, 1e15)));
        return x.repeat(repeats);
    }
}
