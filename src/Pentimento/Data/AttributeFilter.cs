using System.Globalization;

namespace Pentimento.Data;

/// <summary>
/// Which images of a set are meant: those with certain values of attributes, written <c>[place=water,label=1|2]</c> behind the set.
/// </summary>
/// <param name="Conditions">All of them must hold; of the values of one, any.</param>
internal sealed record AttributeFilter(IReadOnlyList<(string Attribute, IReadOnlyList<string> Values)> Conditions)
{
    /// <summary>Every image.</summary>
    public static AttributeFilter None { get; } = new([]);

    /// <summary>Separates a reference from its filter; what lies on disk under the whole text is no filter.</summary>
    /// <exception cref="BadInputException">The brackets hold no conditions.</exception>
    public static (string Reference, AttributeFilter Filter) Split(string text)
    {
        var opening = text.IndexOf('[', StringComparison.Ordinal);
        if (opening <= 0 || !text.EndsWith(']') || Path.Exists(text)) return (text, None);
        var conditions = text[(opening + 1)..^1].Split(',').Select(part => part.Split('=', 2)).ToList();
        Require.That(
            conditions.All(part => part is [{ Length: > 0 }, { Length: > 0 }]),
            $"{text}: expected conditions such as [place=water] or [place=water,label=1|2] in the brackets.");
        return (text[..opening], new([.. conditions.Select(part => (part[0].Trim(), Values(part[1])))]));
    }

    /// <summary>The images that are meant.</summary>
    /// <exception cref="BadInputException">The set does not have an attribute or value, or no image is left.</exception>
    public ImageSet Of(ImageSet set)
    {
        if (Conditions.Count == 0) return set;
        var wanted = Conditions.Select(condition => (Values: set.AttributeOf(condition.Attribute), Numbers: Numbers(set, condition))).ToList();
        int[] places = [.. Enumerable.Range(0, set.Count).Where(place => wanted.TrueForAll(one => one.Numbers.Contains(one.Values[place])))];
        Require.That(places.Length > 0, $"{set.Name} holds no image with {this}.");
        return set.Pick(places);
    }

    private static HashSet<long> Numbers(ImageSet set, (string Attribute, IReadOnlyList<string> Values) condition)
    {
        var numberOf = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in set.AttributeOf(condition.Attribute).Distinct().Order())
        {
            numberOf.TryAdd(set.ValueName(condition.Attribute, value), value);
            // Where values have names their numbers select, too, unless one value's number is another's name.
            numberOf.TryAdd(value.ToString(CultureInfo.InvariantCulture), value);
        }

        var unknown = condition.Values.FirstOrDefault(value => !numberOf.ContainsKey(value));
        Require.That(
            unknown is null,
            $"{set.Name} has no image with {condition.Attribute}={unknown}; {Names.Suggest(unknown ?? "", numberOf.Keys)}");
        return [.. condition.Values.Select(value => numberOf[value])];
    }

    private static string[] Values(string text) => text.Split('|', StringSplitOptions.TrimEntries);

    /// <summary>The conditions as they are written, in brackets; nothing where there are none.</summary>
    public override string ToString() => Conditions.Count == 0
        ? ""
        : $"[{string.Join(',', Conditions.Select(condition => $"{condition.Attribute}={string.Join('|', condition.Values)}"))}]";
}
