namespace Pentimento.Data;

/// <summary>The groups of a set: the images of one class that share their values of some attributes, known by their names.</summary>
/// <remarks>Koh, Sagawa et al., 2021, "WILDS: a benchmark of in-the-wild distribution shifts", arXiv:2012.07421, group by any metadata.</remarks>
internal sealed class Grouping
{
    private readonly ImageSet set;

    /// <summary>Groups the images of a set.</summary>
    /// <param name="set">The images; their pixels are not needed.</param>
    /// <param name="attributes">What makes groups together with the class; none for classes alone.</param>
    /// <exception cref="BadInputException">The set does not have an attribute.</exception>
    public Grouping(ImageSet set, IReadOnlyList<string> attributes)
    {
        (this.set, Attributes) = (set, attributes);
        var columns = attributes.Select(set.AttributeOf).Prepend(set.Labels).ToList();
        var numberOf = new Dictionary<Key, int>();
        var keys = Enumerable.Range(0, set.Count).Select(at => new Key([.. columns.Select(column => column[at])])).ToList();
        foreach (var key in keys.Distinct().Order()) numberOf[key] = numberOf.Count;
        (Groups, GroupOf) = ([.. numberOf.Keys.Select(Named)], [.. keys.Select(key => numberOf[key])]);
        Counts = new int[Groups.Count];
        foreach (var group in GroupOf) Counts[group]++;
    }

    /// <summary>What makes groups together with the class.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>The groups that occur, ordered by class and values.</summary>
    public IReadOnlyList<ImageGroup> Groups { get; }

    /// <summary>int (N), the group of each image.</summary>
    public int[] GroupOf { get; }

    /// <summary>How many images each group has.</summary>
    public int[] Counts { get; }

    /// <summary>The groups without an image here: every class that occurs here or in other sets with every value that does.</summary>
    /// <param name="others">Sets of the same kind, e.g. the training images.</param>
    /// <exception cref="BadInputException">There are too many to name.</exception>
    public IReadOnlyList<ImageGroup> Empty(params IEnumerable<Grouping> others)
    {
        const int Most = 100_000;
        var all = others.Prepend(this).ToList();
        var columns = Enumerable.Range(-1, Attributes.Count + 1)
            .Select(column => all.SelectMany(grouping => grouping.Groups).Select(group => column < 0 ? group.Class : group.Values[column])
                .Distinct().ToList())
            .ToList();
        var size = columns.Aggregate(1L, (product, values) => Math.Min(Most + 1, product * values.Count));
        Require.That(
            size <= Most, $"{set.Name}: classes and {string.Join(", ", Attributes)} make more than {Most:N0} groups; name fewer attributes.");
        var combinations = columns.Aggregate(
            (IEnumerable<string[]>)[[]], (made, values) => made.SelectMany(beginning => values.Select(value => (string[])[.. beginning, value])));
        var here = Groups.ToHashSet();
        return [.. combinations.Select(names => new ImageGroup(names[0], names[1..])).Where(group => !here.Contains(group))];
    }

    private ImageGroup Named(Key key) => new(
        set.ValueName("label", key.Values[0]), [.. Attributes.Select((attribute, at) => set.ValueName(attribute, key.Values[at + 1]))]);

    private sealed record Key(long[] Values) : IComparable<Key>
    {
        public bool Equals(Key? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);

        public int CompareTo(Key? other) => Values.AsSpan().SequenceCompareTo(other!.Values);
    }
}

/// <summary>A class with certain values of attributes.</summary>
/// <param name="Class">The class's name.</param>
/// <param name="Values">The values' names, an attribute each.</param>
internal sealed record ImageGroup(string Class, IReadOnlyList<string> Values)
{
    /// <inheritdoc/>
    public bool Equals(ImageGroup? other) => other is not null && Class == other.Class && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(Class.GetHashCode(StringComparison.Ordinal), HashCode.Combine);

    /// <summary>The group in words, e.g. <c>landbird, place=water</c>.</summary>
    public string In(IReadOnlyList<string> attributes) =>
        string.Join(", ", attributes.Zip(Values, (attribute, value) => $"{attribute}={value}").Prepend(Class));
}
