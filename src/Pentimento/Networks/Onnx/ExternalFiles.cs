using global::Onnx;

namespace Pentimento.Networks.Onnx;

/// <summary>The files beside an ONNX file in which weights lie.</summary>
internal static class ExternalFiles
{
    /// <summary>The files that exist, each once and in order; none for a file of another format.</summary>
    /// <exception cref="BadInputException">A file that is called .onnx is none.</exception>
    public static IReadOnlyList<string> Of(string file)
    {
        if (!Path.GetExtension(file).Equals(".onnx", StringComparison.OrdinalIgnoreCase)) return [];
        var model = OnnxModel.Read(file);
        return
        [
            .. Tensors(model.Proto.Graph)
                .SelectMany(tensor => tensor.ExternalData.Where(entry => entry.Key == "location").Select(entry => entry.Value))
                .Where(location => !Path.IsPathRooted(location))
                .Select(location => Path.GetFullPath(Path.Combine(model.Folder, location)))
                .Distinct().Where(File.Exists).Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) =>
        graph.Initializer.Concat(graph.Node.SelectMany(node => node.Attribute).SelectMany(Tensors));

    private static IEnumerable<TensorProto> Tensors(AttributeProto attribute) =>
        (attribute.T is { } one ? attribute.Tensors.Prepend(one) : attribute.Tensors)
            .Concat((attribute.G is { } inner ? attribute.Graphs.Prepend(inner) : attribute.Graphs).SelectMany(Tensors));
}
