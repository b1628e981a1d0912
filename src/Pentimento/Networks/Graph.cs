using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>A directed acyclic graph of nodes over named values, from one image input to one output of logits.</summary>
/// <remarks>Nodes that the output does not need are left out; what remains is in the order given, in which each value is computed before it
/// is read.</remarks>
internal sealed class Graph
{
    /// <summary>The value that the images are.</summary>
    public const string Images = "images";

    private readonly ConcurrentDictionary<string, Plan> plans = new();
    private readonly Dictionary<string, Node> makers = [];
    private readonly Dictionary<string, int> positions = [];

    /// <summary>Makes a graph.</summary>
    /// <param name="nodes">The nodes, each after those whose values it reads.</param>
    /// <param name="output">The value that holds the logits.</param>
    /// <param name="features">The value that the last linear layer reads.</param>
    /// <param name="sources">The weights and constants, looked up at each run because moving a network replaces its tensors.</param>
    public Graph(IReadOnlyList<Node> nodes, string output, string features, IReadOnlyDictionary<string, Func<Tensor>>? sources = null)
    {
        (Output, Features, Sources) = (output, features, sources ?? new Dictionary<string, Func<Tensor>>());
        Nodes = Needed(nodes);
        for (var at = 0; at < Nodes.Count; at++)
        {
            foreach (var value in Nodes[at].Outputs) (makers[value], positions[value]) = (Nodes[at], at);
        }

        OfImages = Descendants();
        Separating = [.. SeparatingValues()];
    }

    /// <summary>The nodes, in the order in which they run.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The value that holds the logits.</summary>
    public string Output { get; }

    /// <summary>The value that the last linear layer reads.</summary>
    public string Features { get; }

    /// <summary>The shape of an image's features, where it is not one row.</summary>
    public long[]? FeatureShape { get; init; }

    /// <summary>Puts a weight (K, F) and a bias (K) into the last linear map; null where the last node says itself.</summary>
    public Func<Tensor, Tensor, bool>? PutLast { get; init; }

    /// <summary>Numbers that do not learn, which move with the network.</summary>
    public nn.Module? Constants { get; init; }

    /// <summary>Weights and constants by value.</summary>
    public IReadOnlyDictionary<string, Func<Tensor>> Sources { get; }

    /// <summary>The values that depend on the images, in the order in which they are computed.</summary>
    public IReadOnlyList<string> OfImages { get; }

    /// <summary>The values through which every path from the images to the logits goes, in order.</summary>
    public IReadOnlyList<string> Separating { get; }

    /// <summary>The node that computes a value.</summary>
    public Node MakerOf(string value) => makers[value];

    /// <summary>The nodes that read a value.</summary>
    public IEnumerable<Node> ReadersOf(string value) => Nodes.Where(node => node.Inputs.Contains(value));

    /// <summary>Whether it computes this value from the images.</summary>
    public bool Computes(string value) => positions.ContainsKey(value);

    /// <summary>How values are computed from others, worked out once.</summary>
    /// <param name="given">The values that are there.</param>
    /// <param name="wanted">The values asked for.</param>
    /// <param name="kept">Values that are changed on the way, so that they must be computed as such.</param>
    public Plan PlanOf(IReadOnlyCollection<string> given, IReadOnlyList<string> wanted, IReadOnlyCollection<string> kept) =>
        plans.GetOrAdd(string.Join('\n', [.. given, "", .. wanted, "", .. kept]), _ => Plan.Of(this, given, wanted, kept));

    /// <summary>The same graph with a node behind a value: whoever read the value reads the node's.</summary>
    public Graph With(string after, Node node)
    {
        var output = node.Outputs[0];
        string Moved(string value) => value == after ? output : value;
        var behind = Nodes.Select(reader => reader.Inputs.Contains(after) ? reader with { Inputs = [.. reader.Inputs.Select(Moved)] } : reader);
        var at = after == Images ? 0 : positions[after] + 1;
        var nodes = behind.ToList();
        nodes.Insert(at, node);
        return new(nodes, Moved(Output), Moved(Features), Sources) { FeatureShape = FeatureShape, PutLast = PutLast, Constants = Constants };
    }

    /// <summary>Those of some values, the images among them, that another is computed of without a detour through the rest.</summary>
    public IReadOnlyList<string> Feeds(string value, IReadOnlySet<string> stops)
    {
        var needed = new HashSet<string> { value };
        foreach (var node in Nodes.Reverse())
        {
            if (node.Outputs.Any(output => needed.Contains(output) && (output == value || !stops.Contains(output)))) needed.UnionWith(node.Inputs);
        }

        return [.. needed.Where(other => other != value && stops.Contains(other))];
    }

    /// <summary>The next separating value behind another.</summary>
    public string NearestSeparating(string value) => Separating.First(other => positions[other] > positions[value] || other == Output);

    /// <summary>A name that no value has yet, as near to the one wanted as can be.</summary>
    public string Free(string name) =>
        Enumerable.Range(1, int.MaxValue).Select(at => at == 1 ? name : $"{name}#{at}").First(free => !Computes(free) && !Sources.ContainsKey(free));

    /// <summary>The nodes that the output needs.</summary>
    private List<Node> Needed(IReadOnlyList<Node> nodes)
    {
        var needed = new HashSet<string> { Output };
        var kept = new List<Node>();
        foreach (var node in nodes.Reverse())
        {
            if (!node.Outputs.Any(needed.Contains)) continue;
            needed.UnionWith(node.Inputs);
            kept.Add(node);
        }

        kept.Reverse();
        return kept;
    }

    private List<string> Descendants()
    {
        var known = new HashSet<string> { Images };
        var values = new List<string>();
        foreach (var node in Nodes.Where(node => node.Inputs.Any(known.Contains)))
        {
            known.UnionWith(node.Outputs);
            values.AddRange(node.Outputs.Where(value => value.Length > 0));
        }

        return values;
    }

    /// <summary>A value separates if nothing that was computed of the images before it is read after it.</summary>
    private IEnumerable<string> SeparatingValues()
    {
        var last = new Dictionary<string, int> { [Output] = Nodes.Count };
        for (var at = 0; at < Nodes.Count; at++)
        {
            foreach (var value in Nodes[at].Inputs) last[value] = Math.Max(at, last.GetValueOrDefault(value));
        }

        var open = last.GetValueOrDefault(Images, -1);
        foreach (var group in OfImages.GroupBy(value => positions[value]))
        {
            foreach (var value in group)
            {
                var others = group.Where(other => other != value).Select(other => last.GetValueOrDefault(other, -1)).Append(open).Max();
                if (others <= group.Key && last.ContainsKey(value)) yield return value;
            }

            open = Math.Max(open, group.Max(value => last.GetValueOrDefault(value, -1)));
        }
    }
}
