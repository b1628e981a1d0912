namespace Pentimento.Networks.Torch;

/// <summary>Names of weights without what wrappers put before them.</summary>
internal static class WeightNames
{
    // torch.compile puts its own name before those of whatever part it compiles, and wrappers for several devices before all.
    private const string Compiled = "_orig_mod";
    private const string Parallel = "module.";

    /// <summary>The same weights under plain names; where two would become one, all keep theirs.</summary>
    public static IReadOnlyDictionary<string, T> Plain<T>(IReadOnlyDictionary<string, T> weights)
    {
        var plain = weights.Keys.Select(name => string.Join('.', name.Split('.').Where(part => part != Compiled))).ToList();
        while (plain.Count > 0 && plain.TrueForAll(name => name.StartsWith(Parallel, StringComparison.Ordinal)))
            plain = plain.ConvertAll(name => name[Parallel.Length..]);
        return plain.Distinct().Count() < plain.Count ? weights : plain.Zip(weights.Values).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
