using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Normalises each channel: by the statistics kept, and in training by the batch's, which are then counted in as PyTorch does.</summary>
internal sealed class BatchNormalization : Operator
{
    public override bool KeepsImage => true;

    public override IReadOnlyList<string> Weights => ["", "weight", "bias", "running_mean", "running_var"];

    internal override IReadOnlyList<Tensor> RunAll(OnnxCall call)
    {
        var (x, node) = (call[0], call.Node);
        if (node.Int("spatial", 1) == 0) throw node.Unsupported("with spatial=0 is not supported");
        var (epsilon, momentum) = (node.Float("epsilon", 1e-5), node.Float("momentum", 0.9));
        if (call.Network is null && node.Int("training_mode", 0) == 1) return Trained(call, epsilon, momentum);
        var trains = call.Network?.training ?? false;
        // What a statistic is computed of may be a weight as well, which has a gradient.
        var (mean, variance) = (call[3].detach(), call[4].detach());
        return [nn.functional.batch_norm(x, mean, variance, call[1], call[2], trains, 1 - momentum, epsilon)];
    }

    /// <summary>As ONNX says of training, the statistics among the outputs.</summary>
    private static Tensor[] Trained(OnnxCall call, double epsilon, double momentum)
    {
        var x = call[0];
        long[] others = [.. Enumerable.Range(0, (int)x.dim()).Where(axis => axis != 1).Select(axis => (long)axis)];
        var mean = x.mean(others);
        long[] channels = [.. x.shape.Select((size, axis) => axis == 1 ? size : 1)];
        var variance = (x - mean.view(channels)).square().mean(others);
        var normal = (x - mean.view(channels)) / (variance.view(channels) + epsilon).sqrt();
        return
        [
            (normal * call[1].view(channels)) + call[2].view(channels), (call[3] * momentum) + (mean * (1 - momentum)),
            (call[4] * momentum) + (variance * (1 - momentum)),
        ];
    }
}
