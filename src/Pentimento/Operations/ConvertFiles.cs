using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Operations;

/// <summary>Converts images (IDX, npz, folders of pictures) and weights (safetensors, pth, npz).</summary>
/// <remarks>
/// A folder of pictures is written in Hugging Face's layout: a folder a split, and a metadata.csv with the columns file_name, label, split, color
/// and any attributes; pictures keep their names and, where they are not scaled, their bytes. IDX holds
/// grey images only. Weights keep PyTorch's names; a .pth is read without running any code, and written so that torch.load(weights_only=True)
/// reads it.
/// </remarks>
/// <example>
/// pentimento convert t10k-images-idx3-ubyte.gz test.npz
/// pentimento convert test.npz t10k-images-idx3-ubyte.gz
/// pentimento convert data/rg_95z pictures
/// pentimento convert photos photos.npz --size 64x64
/// pentimento convert model.safetensors model.pth
/// </example>
[Called("convert")]
internal sealed record ConvertFiles : Operation<ConvertResult>
{
    /// <summary>A file of IDX images (labels beside it), an npz, a folder of pictures or a built dataset; or a file of weights.</summary>
    [Argument]
    public required DataRef From { get; init; }

    /// <summary>An .npz, a name with -images- and idx3 (labels go beside it), or a new folder of pictures; or a file of weights.</summary>
    [Argument, Output("FILE")]
    public required string To { get; init; }

    /// <summary>Scale the pictures of folders to HEIGHTxWIDTH, or to a square; by default they must be of one size.</summary>
    [Form("HxW")]
    public PictureSize? Size { get; init; }

    /// <summary>The columns of a table of pictures that say file, class and split, where they have other names than usual.</summary>
    [Form("file=NAME,label=NAME,split=NAME")]
    public TableColumns? Columns { get; init; }

    /// <summary>Leave damaged pictures out; by default the first stops the conversion.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>The architecture of weights that do not name their own and are to become an .onnx, e.g. cnn3.</summary>
    public Architecture? Network { get; init; }

    internal override bool NeedsTorch => IsOnnx(From.Text) || IsOnnx(To);

    /// <inheritdoc/>
    internal override ConvertResult Run(RunContext run)
    {
        if (NeedsTorch)
        {
            using var network = ModelFile.Read(From.Text, Network);
            ModelFile.Write(To, network, $"converted from {Path.GetFileName(From.Text)}");
        }
        else if (AreWeights(From.Text, To))
        {
            var (weights, metadata) = WeightFile.Read(From.Text);
            WeightFile.Write(To, weights, metadata);
        }
        else
        {
            Conversion.Convert(
                From.Text, To, new(run.Cache, run.Threads, Size) { Columns = Columns ?? default, SkipDamaged = SkipDamaged }, run);
        }

        return new(Path.GetFullPath(To));
    }

    private static bool IsOnnx(string file) => Path.GetExtension(file).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>An npz may hold either; every other ending tells.</summary>
    private static bool AreWeights(params string[] files) => files.Any(file =>
        Path.GetExtension(file).ToLowerInvariant() is not ".npz" and var ending && WeightFile.Endings.Contains(ending));
}

/// <summary>What was written.</summary>
/// <param name="File">The file or folder.</param>
internal sealed record ConvertResult(string File);
