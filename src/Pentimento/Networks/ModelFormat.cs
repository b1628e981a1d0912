using Pentimento.Data;

namespace Pentimento.Networks;

/// <summary>A kind of file that holds whole networks, found by type, and what it adds to the headers of safetensors.</summary>
internal abstract class ModelFormat
{
    /// <summary>Every format there is.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } =
    [
        .. typeof(ModelFormat).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ModelFormat)))
            .Select(type => (ModelFormat)Activator.CreateInstance(type)!),
    ];

    /// <summary>The ending of its files.</summary>
    public abstract string Ending { get; }

    /// <summary>The format of a file, or null where it is one of weights.</summary>
    public static ModelFormat? Of(string file) =>
        All.FirstOrDefault(format => format.Ending.Equals(Path.GetExtension(file), StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a network, in evaluation mode; the caller disposes it.</summary>
    public abstract Classifier Read(string file, Architecture? network);

    /// <summary>Writes a network.</summary>
    public abstract void Write(string file, Classifier network, string recipe);

    /// <summary>What a header must say so that the network is built again without its file.</summary>
    public abstract IEnumerable<KeyValuePair<string, string>> Header(Architecture architecture);

    /// <summary>The record with what a header says put back in.</summary>
    public abstract Architecture Completed(
        Architecture architecture, IReadOnlyDictionary<string, string> header, IReadOnlyDictionary<string, NpyArray> weights, string file);

    /// <summary>The record of the same network with another number of classes, whose last weights are new.</summary>
    public abstract Architecture WithClasses(Architecture architecture, int before, int classes);

    /// <summary>Whether the record knows its images and classes without weights.</summary>
    public abstract bool Knows(Architecture architecture);
}
