using Pentimento.Foundation.Configuration;
using System.Text;
using Pentimento.Attacks;
using Pentimento.Checks;
using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Networks.Torch;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Painting.Presets;
using Pentimento.Sparse;

namespace Pentimento.Fuzz;

/// <summary>All that reads bytes which others made. Each reads whole, or refuses with a sentence: anything else is a finding.</summary>
internal static class Readers
{
    /// <summary>The readers by the name of their folder in the corpus.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["activations"] = bytes => FromFile(bytes, Rows, ".npz"),
        ["autoencoder"] = bytes => FromFile(bytes, Decomposed, ".safetensors"),
        ["classes"] = bytes => FromFile(bytes, ClassNames.Read),
        ["idx"] = bytes => FromFile(bytes, file => Idx.Read(file)),
        ["images"] = bytes => FromFile(bytes, file => Named(ImageSetFile.Read(file, "fuzz"))),
        ["lines"] = bytes => FromFile(bytes, TableRows.Read, ".jsonl"),
        ["metadata"] = bytes => InFolder(bytes, "metadata.json", Sets),
        ["model"] = bytes => FromFile(bytes, ReadNetwork, ".safetensors"),
        ["npy"] = bytes => Npy.Read(new MemoryStream(bytes), bytes.Length, "fuzz.npy"),
        ["npz"] = bytes => FromFile(bytes, file => Npz.Read(file)),
        ["onnx"] = bytes => FromFile(bytes, ReadNetwork, ".onnx"),
        ["palette"] = bytes => FromFile(bytes, PaletteFile.Read),
        ["picture"] = bytes => FromFile(bytes, file => PictureDecoder.Decode(file)),
        ["policy"] = bytes => FromFile(bytes, Policy.Read),
        ["pth"] = bytes => FromFile(bytes, PthFile.Read),
        ["recipe"] = bytes => FromFile(bytes, Recipe.Read),
        ["reference"] = bytes => Referred(Encoding.UTF8.GetString(bytes)),
        ["requirement"] = bytes => Requirement.Parse(Encoding.UTF8.GetString(bytes)),
        ["results"] = bytes => InFolder(bytes, "results.json", Evaluated),
        ["safetensors"] = bytes => FromFile(bytes, file => SafeTensors.Read(file)),
        ["settings"] = bytes => FromFile(bytes, StepsRecipe.Read),
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

    private static object Rows(string file)
    {
        using var rows = ActivationRows.Read(file);
        return rows.Count;
    }

    private static object Decomposed(string file)
    {
        var (autoencoder, layer) = AutoencoderFile.Read(file);
        autoencoder.Dispose();
        return (layer, AutoencoderFile.Recorded(file));
    }

    // Whoever shows a set asks for all its names.
    private static List<string> Named(ImageSet set) => set.AttributeNames.Append("label")
        .SelectMany(name => (name == "label" ? set.Labels : set.AttributeOf(name)).Select(value => set.ValueName(name, value)))
        .Concat(Enumerable.Range(0, set.Count).Select(set.NameOf)).Distinct().ToList();

    private static object Sets(string folder) => (PresetFolder.Entries(folder), Metadata.ColorNames(folder));

    private static object Referred(string text)
    {
        var (reference, filter) = AttributeFilter.Split(text);
        return (DataRef.Parse(reference), NetworkRef.Parse(text), $"{filter}");
    }

    private static object Evaluated(string folder)
    {
        var run = new RunFolder(folder);
        return (run.Seconds, RecipeRun.Read(run));
    }

    private static void InFolder(byte[] bytes, string name, Func<string, object> read)
    {
        var folder = Directory.CreateTempSubdirectory("fuzz").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
            read(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
