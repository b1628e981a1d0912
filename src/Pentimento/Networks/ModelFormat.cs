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

    /// <summary>How many nodes of each operator the first format that can say so would write; empty where none can.</summary>
    public static IReadOnlyDictionary<string, int> OperatorsOf(Classifier network) =>
        network.Graph.Nodes.All(node => node.Origin is not null || node.Implied || node.Form is not null)
            ? All.SelectMany(format => format.Operators(network)).GroupBy(name => name).OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count())
            : new Dictionary<string, int>();

    /// <summary>Whether a network comes from a file that may have been written for any preprocessing and does not say which.</summary>
    public static bool LeavesPreprocessOpen(Classifier network) => All.Any(format => format.LeavesOpen(network.Architecture));

    /// <summary>Whether a record stands for a file that does not say what is done to images.</summary>
    protected abstract bool LeavesOpen(Architecture architecture);

    /// <summary>The operators of the nodes that would be written, in their order.</summary>
    protected abstract IEnumerable<string> Operators(Classifier network);

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
