using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>An operator that summarises dimensions; which, is an attribute in older operator sets and an input in newer ones.</summary>
internal abstract class Reduction : Operator
{
    /// <inheritdoc/>
    public override NodeRole Role => NodeRole.Pool;

    /// <summary>Summarises dimensions.</summary>
    protected abstract Tensor Reduce(Tensor x, long[] axes, bool keep);

    /// <inheritdoc/>
    protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var axes = call.Whole("axes", 1);
        if (axes is null or [])
        {
            if (call.Node.Int("noop_with_empty_axes", 0) == 1) return Alone(x);
            axes = [.. Enumerable.Range(0, (int)x.dim())];
        }

        var counted = axes.Select(axis => call.Axis(axis, x.dim())).ToArray();
        return counted.Length == 0 ? Alone(x) : Reduce(x, counted, call.Node.Int("keepdims", 1) == 1);
    }

    /// <summary>What becomes of each value by itself.</summary>
    private Tensor Alone(Tensor x) => Reduce(x.unsqueeze(0), [0], false);
}
