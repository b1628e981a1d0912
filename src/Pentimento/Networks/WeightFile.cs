using System.IO.Compression;
using Pentimento.Data;
using Pentimento.Networks.Torch;

namespace Pentimento.Networks;

/// <summary>Named weights in any format that is known, told by the file's ending.</summary>
internal static class WeightFile
{
    /// <summary>The endings of files that can hold weights.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".safetensors", ".pth", ".pt", ".npz"];

    /// <summary>Reads weights by PyTorch's names, without the prefixes of wrappers, and what the file says of itself.</summary>
    /// <exception cref="BadInputException">The file is malformed, or of another kind.</exception>
    public static (IReadOnlyDictionary<string, NpyArray> Weights, IReadOnlyDictionary<string, string> Metadata) Read(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        var (weights, metadata) = Ending(file) switch
        {
            ".safetensors" => SafeTensors.Read(file),
            ".npz" => (Npz.Read(file), new Dictionary<string, string>()),
            _ => (PthFile.Read(file), new Dictionary<string, string>()),
        };
        return (WeightNames.Plain(weights), metadata);
    }

    /// <summary>Writes weights as float32, or int64 where they are whole numbers; only safetensors keep the metadata.</summary>
    /// <exception cref="BadInputException">The ending is not known, or a weight has no such number.</exception>
    public static void Write(string file, IReadOnlyDictionary<string, NpyArray> weights, IReadOnlyDictionary<string, string> metadata)
    {
        switch (Ending(file))
        {
            case ".safetensors":
                SafeTensors.Write(file, weights, metadata);
                break;
            case ".npz":
                Npz.Write(file, PlainWeights.Of(weights, file), CompressionLevel.Fastest);
                break;
            default:
                PthFile.Write(file, weights);
                break;
        }
    }

    private static string Ending(string file)
    {
        var ending = Path.GetExtension(file).ToLowerInvariant();
        Require.That(Endings.Contains(ending), $"{file}: expected weights as {string.Join(", ", Endings)}, got '{ending}'.");
        return ending;
    }
}
