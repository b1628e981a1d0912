namespace Pentimento.Networks.Torch;

/// <summary>Finds the weights among what a file holds: a state dictionary, or a checkpoint with one inside.</summary>
internal static class PthState
{
    // What training scripts call it; looked at before the rest, so that an average kept beside the weights does not come first.
    private static readonly string[] UsualNames = ["state_dict", "model_state_dict", "model", "net"];

    // Wrappers for several devices, and compiled models, put these before every name.
    private static readonly string[] Prefixes = ["module.", "_orig_mod."];

    /// <summary>The outermost dictionary of nothing but tensors; if there is none, the outermost with any tensor.</summary>
    /// <exception cref="BadInputException">There is no tensor.</exception>
    public static Dictionary<string, StoredTensor> Of(object? value, string file)
    {
        var dictionaries = Dictionaries(value).ToList();
        var state = dictionaries.FirstOrDefault(found => found.Count > 0 && found.Values.All(inner => inner is StoredTensor))
            ?? dictionaries.FirstOrDefault(found => found.Values.Any(inner => inner is StoredTensor));
        Require.That(state is not null, $"{file} holds no dictionary of tensors.");
        var tensors = state.Where(pair => pair.Value is StoredTensor).ToDictionary(pair => pair.Key, pair => (StoredTensor)pair.Value!);
        return Prefixes.Aggregate(tensors, Without);
    }

    /// <summary>Every dictionary, from the outermost inwards, each once however often it is named.</summary>
    private static IEnumerable<IDictionary<string, object?>> Dictionaries(object? value)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Queue<object?>([value]);
        while (open.TryDequeue(out var next))
        {
            if (next is not IDictionary<string, object?> dictionary || !seen.Add(dictionary)) continue;
            yield return dictionary;
            foreach (var inner in UsualNames.Select(name => dictionary.TryGetValue(name, out var found) ? found : null).Concat(dictionary.Values))
            {
                if (inner is IDictionary<string, object?>) open.Enqueue(inner);
            }
        }
    }

    private static Dictionary<string, StoredTensor> Without(Dictionary<string, StoredTensor> tensors, string prefix) =>
        tensors.Keys.All(name => name.StartsWith(prefix, StringComparison.Ordinal))
            ? tensors.ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value)
            : tensors;
}
