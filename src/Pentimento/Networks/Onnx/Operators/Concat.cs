using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Inputs behind each other along an axis; a constant that was made for one image serves every one.</summary>
internal sealed class Concat : Operator
{
    public override bool KeepsImage => true;

    public override IReadOnlyList<string> Weights => ["token", "token", "token"];

    private protected override Tensor Run(OnnxCall call)
    {
        var parts = call.Inputs.Select((_, at) => call[at]).ToList();
        var axis = call.Axis(call.Node.Int("axis", 1), parts[0].dim());
        if (axis > 0)
        {
            var images = parts.Max(part => part.shape[0]);
            parts = [.. parts.Select(part => part.shape[0] == images || part.shape[0] != 1 ? part : part.expand([images, .. part.shape[1..]]))];
        }

        return cat(parts, axis);
    }
}
