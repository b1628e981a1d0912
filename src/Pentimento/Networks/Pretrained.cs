using Pentimento.Data;

namespace Pentimento.Networks;

/// <summary>A network that begins with the weights of a file instead of random ones; without a file it begins as its architecture does.</summary>
/// <remarks>Yosinski et al., 2014, "How transferable are features in deep neural networks?", arXiv:1411.1792, on which layers to keep.</remarks>
internal sealed record Pretrained : Architecture
{
    private const string NoFile = "none";
    private const string Kept = "kept";

    /// <summary>The file: .onnx, .safetensors, or weights; or none.</summary>
    public string File { get; init; } = NoFile;

    /// <summary>The architecture of weights that do not say their own.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>What is done to images before the network; kept for what the file says.</summary>
    public string Preprocess { get; init; } = Kept;

    /// <summary>Whether the last layer begins anew, with as many outputs as there are classes.</summary>
    public bool NewHead { get; init; }

    private bool HasFile => File is not ("" or NoFile);

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        if (!HasFile) return Network.Build(shape, classes, seed);
        var read = Read();
        try
        {
            Require.That(
                read.Shape == shape,
                $"{File} reads images of {read.Shape}, the data have {shape}; say --size {read.Shape.Height}x{read.Shape.Width}.");
            Require.That(
                NewHead || classes <= read.Classes,
                $"{File} answers with {read.Classes} classes, the data have {classes}; --new-head gives it a last layer for them.");
            if (!NewHead) return read;
            using (read) return NewHeads.Of(read, classes, seed);
        }
        catch (BadInputException)
        {
            read.Dispose();
            throw;
        }
    }

    /// <summary>The network of the file; the caller disposes it.</summary>
    public Classifier Read() => ModelFile.Read(
        File, ModelFile.SaysItsNetwork(File) ? null : Network, Preprocess == Kept ? null : Networks.Preprocess.Parse(Preprocess));

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes) => Network.Infer(shapes);

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => HasFile ? 0 : Network.LeastWeights(shape, classes);
}
