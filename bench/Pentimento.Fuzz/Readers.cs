using Pentimento.Foundation.Configuration;
using System.Text;
using Pentimento.Attacks;
using Pentimento.Checks;
using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Networks.Torch;
using Pentimento.Painting;

namespace Pentimento.Fuzz;

/// <summary>All that reads bytes which others made. Each reads whole, or refuses with a sentence: anything else is a finding.</summary>
internal static class Readers
{
    /// <summary>The readers by the name of their folder in the corpus.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["idx"] = bytes => FromFile(bytes, file => Idx.Read(file)),
        ["lines"] = bytes => FromFile(bytes, TableRows.Read, ".jsonl"),
        ["npy"] = bytes => Npy.Read(new MemoryStream(bytes), bytes.Length, "fuzz.npy"),
        ["npz"] = bytes => FromFile(bytes, file => Npz.Read(file)),
        ["onnx"] = bytes => FromFile(bytes, ReadNetwork, ".onnx"),
        ["palette"] = bytes => FromFile(bytes, PaletteFile.Read),
        ["picture"] = bytes => FromFile(bytes, file => PictureDecoder.Decode(file)),
        ["policy"] = bytes => FromFile(bytes, Policy.Read),
        ["pth"] = bytes => FromFile(bytes, PthFile.Read),
        ["recipe"] = bytes => FromFile(bytes, Recipe.Read),
        ["safetensors"] = bytes => FromFile(bytes, file => SafeTensors.Read(file)),
        ["spec"] = bytes => Catalog.Read<Attack>(Encoding.UTF8.GetString(bytes)),
        ["table"] = bytes => FromFile(bytes, TableRows.Read, ".csv"),
    };

    /// <summary>Reads, and takes a refusal as an answer.</summary>
    public static void Try(string reader, byte[] bytes)
    {
        try
        {
            All[reader](bytes);
        }
        catch (BadInputException)
        {
            // What is no such file is refused: that is right.
        }
    }

    private static string ReadNetwork(string file)
    {
        using var network = ModelFile.Read(file);
        return network.Shape.ToString();
    }

    // Some readers know by a file's ending what it is.
    private static void FromFile(byte[] bytes, Func<string, object> read, string ending = "")
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}{ending}");
        try
        {
            File.WriteAllBytes(file, bytes);
            read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
