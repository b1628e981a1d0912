namespace Pentimento.Networks.Onnx;

/// <summary>Tells maps (N, C, H, W) from other values of four dimensions, such as (N, H, W, C) behind a transposition.</summary>
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
