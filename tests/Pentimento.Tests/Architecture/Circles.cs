namespace Pentimento.Tests.Architecture;

/// <summary>Circles of a directed graph.</summary>
internal static class Circles
{
    /// <summary>The groups whose members all reach one another.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> In(IEnumerable<(string From, string To)> edges)
    {
        var next = edges.Where(edge => edge.From != edge.To).ToLookup(edge => edge.From, edge => edge.To);
        var reach = next.Select(node => node.Key).ToDictionary(node => node, node => Reach(next, node));
        return [.. reach.Keys.Where(node => Joined(node, node)).Select(Group).DistinctBy(group => string.Join(' ', group))];

        bool Joined(string one, string other) =>
            reach.TryGetValue(one, out var there) && there.Contains(other) && reach.TryGetValue(other, out var back) && back.Contains(one);

        IReadOnlyList<string> Group(string node) => [.. reach.Keys.Where(other => Joined(node, other)).Order()];
    }

    private static HashSet<string> Reach(ILookup<string, string> next, string from)
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(next[from]);
        while (open.TryDequeue(out var node))
        {
            if (!seen.Add(node)) continue;
            foreach (var further in next[node]) open.Enqueue(further);
        }

        return seen;
    }
}
