using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Networks.Onnx;

/// <summary>A network that an ONNX file describes, from whichever framework; without a file it is cnn3 as ONNX.</summary>
/// <remarks>ONNX, the open format of neural networks, operator sets 7 to 21: onnx.ai. Half precisions are computed in float32.</remarks>
/// <param name="File">The ONNX file, or none.</param>
[Called("onnx")]
internal sealed record OnnxGraph([Input("F.onnx")] string File = OnnxGraph.NoFile) : Architecture
{
    private const string NoFile = "none";

    /// <summary>The graph, where it has been read already.</summary>
    internal OnnxModel? Model { get; init; }

    /// <summary>Whether a file or a graph says what the network is.</summary>
    internal bool IsKnown => Model is not null || HasFile;

    private bool HasFile => File is not ("" or NoFile);

    /// <inheritdoc/>
    internal override bool ComputesInBfloat16 => false;

    /// <inheritdoc/>
    internal override ImageShape? OwnShape => !IsKnown ? null : Infer(new Dictionary<string, long[]>()).Shape;

    /// <inheritdoc/>
    internal override string Title => HasFile ? $"of {Path.GetFileName(File)}" : "of an ONNX graph";

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        var read = this with { Model = Model ?? Default(shape, classes, seed) };
        var network = OnnxReader.Read(read.Model, read, shape, seed);
        if (network.Classes == classes && network.Shape == shape) return network;
        using (network)
        {
            throw new BadInputException(
                $"The network {Title} reads {network.Shape} images and answers with {network.Classes} logits, not {shape} and {classes}.");
        }
    }

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        if (!IsKnown) return new Cnn3().Infer(shapes);
        using var network = OnnxReader.Read(Model ?? OnnxModel.Read(File), this, fresh: new(0));
        return (network.Shape, network.Classes);
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) =>
        !IsKnown ? new Cnn3().LeastWeights(shape, classes) : 0;

    private OnnxModel Default(ImageShape shape, int classes, Seed seed)
    {
        if (HasFile) return OnnxModel.Read(File);
        using var network = new Cnn3().Build(shape, classes, seed);
        return OnnxModel.Of(OnnxWriter.Model(network, ""), "cnn3 as ONNX");
    }
}
