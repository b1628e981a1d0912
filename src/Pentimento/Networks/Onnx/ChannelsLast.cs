using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Maps whose channels come last in a file, (N, H, W, C), and first here, (N, C, H, W), so that all that looks at maps finds channels
/// where they are in every other network.</summary>
internal static class ChannelsLast
{
    private static readonly long[] ToFile = [0, 2, 3, 1];
    private static readonly long[] FromFile = [0, 3, 1, 2];

    /// <summary>What a node computes, with such values turned before and behind it: views, of which nothing is copied.</summary>
    /// <param name="node">The node.</param>
    /// <param name="probe">Says which values those are.</param>
    /// <param name="run">Computes the node's outputs in the file's layout.</param>
    public static Func<IReadOnlyList<Tensor?>, Classifier, IReadOnlyList<Tensor>> Around(
        OnnxNode node, ShapeProbe probe, Func<IReadOnlyList<Tensor?>, Classifier, IReadOnlyList<Tensor>> run)
    {
        bool[] read = [.. node.Inputs.Select(probe.IsChannelsLast)];
        bool[] made = [.. node.Outputs.Select(probe.IsChannelsLast)];
        if (!read.Contains(true) && !made.Contains(true)) return run;
        return (inputs, network) =>
        {
            var outputs = run([.. inputs.Select((input, at) => read[at] ? input!.permute(ToFile) : input)], network);
            return [.. outputs.Select((output, at) => at < made.Length && made[at] ? output.permute(FromFile) : output)];
        };
    }

    /// <summary>Writes a node that reads such a value into a file, between two transpositions.</summary>
    /// <param name="name">What the node is called.</param>
    /// <param name="builder">Takes the nodes.</param>
    /// <param name="value">The file's value (N, H, W, C).</param>
    /// <param name="form">Writes the node itself, of a value (N, C, H, W).</param>
    /// <returns>The file's value behind it, (N, H, W, C).</returns>
    public static string Write(string name, OnnxBuilder builder, string value, Func<string, string> form) =>
        builder.Transposed($"{name}.back", form(builder.Transposed($"{name}.maps", value, FromFile)), ToFile);
}
