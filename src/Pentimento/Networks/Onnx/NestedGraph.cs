using Pentimento.Foundation.Configuration;

namespace Pentimento.Networks.Onnx;

/// <summary>The ONNX graph inside of records that stand around each other, such as an edited, preprocessed network.</summary>
internal static class NestedGraph
{
    /// <summary>The record that holds a graph, or null.</summary>
    public static OnnxGraph? Find(Architecture architecture) => Nested.Around<OnnxGraph>(architecture);

    /// <summary>The same records with a graph in the innermost.</summary>
    public static Architecture With(Architecture architecture, OnnxModel model)
    {
        if (architecture is OnnxGraph graph) return graph with { Model = model };
        var inner = Nested.Inner(architecture).ToHashSet();
        if (inner.Count == 0) return architecture;
        var settings = Settings.Of(architecture.GetType());
        return (Architecture)settings.Build(settings.All.ToDictionary(
            setting => setting,
            setting => inner.Contains(setting) ? With((Architecture)setting.Of(architecture)!, model) : setting.Of(architecture)));
    }
}
