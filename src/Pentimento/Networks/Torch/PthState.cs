namespace Pentimento.Networks.Torch;

/// <summary>Finds the weights among what a file holds: a state dictionary, or a checkpoint with one inside.</summary>
internal static class PthState
{
    // What training scripts call it; looked at before the rest, so that an average kept beside the weights does not come first.
    private static readonly string[] UsualNames = ["state_dict", "model_state_dict", "model", "net"];

    /// <summary>The outermost dictionary of nothing but tensors; if there is none, the outermost with any tensor.</summary>
    /// <exception cref="BadInputException">There is no tensor.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Of(object? value, string file) => WeightNames.Plain(AsStored(value, file));

    /// <summary>The same under the names that the file has.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> AsStored(object? value, string file)
    {
        var dictionaries = Dictionaries(value).ToList();
        var state = dictionaries.FirstOrDefault(found => found.Count > 0 && found.Values.All(inner => inner is StoredTensor))
            ?? dictionaries.FirstOrDefault(found => found.Values.Any(inner => inner is StoredTensor));
        Require.That(state is not null, $"{file} holds no dictionary of tensors.");
        return state.Where(pair => pair.Value is StoredTensor).ToDictionary(pair => pair.Key, pair => (StoredTensor)pair.Value!);
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
}
