using Pentimento.Data;

namespace Pentimento.Networks.Onnx;

/// <summary>ONNX files, and graphs that travel in the headers of safetensors.</summary>
internal sealed class OnnxFormat : ModelFormat
{
    private const string GraphKey = "onnx";

    /// <inheritdoc/>
    public override string Ending => ".onnx";

    /// <inheritdoc/>
    public override Classifier Read(string file, Architecture? network)
    {
        Require.That(network is null or OnnxGraph, $"{file} describes its network itself; leave --network out.");
        var model = OnnxModel.Read(file);
        var read = OnnxReader.Read(model, new OnnxGraph(file) { Model = model });
        var said = model.Metadata.GetValueOrDefault(OnnxWriter.PreprocessKey);
        return said is null or "none" ? read : Preprocessed.Of(read, Preprocess.Parse(said));
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Operators(Classifier network) => OnnxWriter.Model(network, "").Graph.Node.Select(node => node.OpType);

    /// <inheritdoc/>
    protected override bool LeavesOpen(Architecture architecture) => Nested.Around<Preprocessed>(architecture) is null
        && NestedGraph.Find(architecture)?.Model is { } model
        && model.Proto.ProducerName != OnnxWriter.Producer && !model.Metadata.ContainsKey(OnnxWriter.PreprocessKey);

    /// <inheritdoc/>
    public override void Write(string file, Classifier network, string recipe) => OnnxWriter.Write(file, network, recipe);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Header(Architecture architecture) =>
        NestedGraph.Find(architecture)?.Model is { } model ? [KeyValuePair.Create(GraphKey, model.Pack())] : [];

    /// <summary>Takes the graph out of the header; the weights that it claims must be in the file before memory is taken for them.</summary>
    public override Architecture Completed(
        Architecture architecture, IReadOnlyDictionary<string, string> header, IReadOnlyDictionary<string, NpyArray> weights, string file)
    {
        if (!header.TryGetValue(GraphKey, out var packed)) return architecture;
        var model = OnnxModel.Unpack(packed, file);
        var plan = new WeightPlan(model);
        var claimed = plan.Weights.Keys.Sum(value => plan.Tensors[value].Dims.Aggregate(1.0, (product, size) => product * size));
        var given = weights.Values.Sum(array => (double)array.Data.Length);
        Require.That(claimed <= given, $"{file}: its graph claims {claimed:N0} weights; the file has {given:N0}.");
        return NestedGraph.With(architecture, model);
    }

    /// <inheritdoc/>
    public override Architecture WithClasses(Architecture architecture, int before, int classes) =>
        NestedGraph.Find(architecture)?.Model is { } model ? NestedGraph.With(architecture, OnnxHead.With(model, before, classes)) : architecture;

    /// <inheritdoc/>
    public override bool Knows(Architecture architecture) =>
        NestedGraph.Find(architecture) is { IsKnown: true };
}
