namespace Pentimento.Networks.Onnx;

/// <summary>Tells maps (N, C, H, W), and maps whose channels come last (N, H, W, C), from other values of four dimensions.</summary>
internal static class MapLayout
{
    private static readonly HashSet<string> AlwaysMaps =
    [
        "Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "BatchNormalization",
        "InstanceNormalization", "GroupNormalization", "LRN", "Resize", "Upsample", "DepthToSpace", "SpaceToDepth",
    ];

    private static readonly HashSet<string> NeverMaps =
    [
        "Reshape", "Flatten", "MatMul", "Einsum", "Gather", "Unsqueeze", "Squeeze", "Expand", "Tile",
    ];

    private static readonly HashSet<string> Elementwise = ["Add", "Sub", "Mul", "Div", "Sum", "Max", "Min", "Dropout", "Identity"];

    /// <summary>Whether what a node computes is (N, H, W, C), as Keras and TensorFlow keep maps.</summary>
    /// <param name="node">A node whose output has four dimensions.</param>
    /// <param name="isMaps">Whether an input is (N, C, H, W).</param>
    /// <param name="isLast">Whether an input is (N, H, W, C).</param>
    /// <param name="shapeOf">The shape of an input of the images.</param>
    /// <param name="shape">The output's shape.</param>
    public static bool IsChannelsLast(
        OnnxNode node, Func<string, bool> isMaps, Func<string, bool> isLast, Func<string, long[]> shapeOf, long[] shape)
    {
        // Of one place there is nothing to see.
        if (shape[1] * shape[2] == 1) return false;
        if (node.Type == "Transpose") return node.Ints("perm") is [0, 2, 3, 1] && isMaps(node.Inputs[0]);
        var acts = node.Operator.Role is NodeRole.Activation or NodeRole.Monotone || Elementwise.Contains(node.Type);
        return acts && !node.Inputs.Any(isMaps) && node.Inputs.Any(input => isLast(input) && shapeOf(input).SequenceEqual(shape));
    }

    /// <summary>Whether what a node computes is (N, C, H, W).</summary>
    /// <param name="node">A node whose output has four dimensions.</param>
    /// <param name="isMaps">Whether an input is.</param>
    /// <param name="shapeOf">The shape of an input of the images.</param>
    public static bool IsChannelsFirst(OnnxNode node, Func<string, bool> isMaps, Func<string, long[]> shapeOf)
    {
        if (AlwaysMaps.Contains(node.Type)) return true;
        if (NeverMaps.Contains(node.Type)) return false;
        if (node.Type != "Transpose") return node.Inputs.Any(isMaps);
        long[] order = node.Ints("perm") ?? [];
        // Channels that were last come to their place; behind a linear map of channels that is what a transposition is for.
        return order is [0, 3, 1, 2]
            ? !isMaps(node.Inputs[0])
            : order is [0, 1, 2, 3] && isMaps(node.Inputs[0]) && shapeOf(node.Inputs[0]).Length == 4;
    }
}
