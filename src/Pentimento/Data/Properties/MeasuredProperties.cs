using System.Globalization;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Data.Properties;

/// <summary>Measures properties of all images of a set and adds them as attributes, numbers in quarters of equal size.</summary>
internal static class MeasuredProperties
{
    /// <summary>What tells a property from a column.</summary>
    public const char Sign = '@';

    private const int Bins = 4;

    /// <summary>Every property of the catalogue.</summary>
    public static IReadOnlyList<PropertyAttribute> All => [.. Catalog.Defaults<PropertyAttribute>()];

    /// <summary>The name of a property as an attribute, <c>@brightness</c>.</summary>
    public static string NameOf(PropertyAttribute property) => $"{Sign}{Catalog.Write(property)}";

    /// <summary>The set with the properties that some attributes name; as it is where none begins with an at sign.</summary>
    /// <exception cref="BadInputException">There is no such property, or it needs files that the set does not have.</exception>
    public static ImageSet With(ImageSet set, IEnumerable<string> attributes, RunContext run) => With(
        set,
        [.. attributes.Where(name => name.StartsWith(Sign) && !set.Attributes.ContainsKey(name)).Select(name => (PropertyAttribute)name[1..])],
        run);

    /// <summary>The set with properties as attributes.</summary>
    /// <exception cref="BadInputException">One needs files that the set does not have.</exception>
    public static ImageSet With(ImageSet set, IReadOnlyList<PropertyAttribute> properties, RunContext run)
    {
        if (properties.Count == 0) return set;
        var values = Measure(set, properties, run);
        return properties.Zip(values).Aggregate(set, (known, pair) => Added(known, NameOf(pair.First), pair.Second));
    }

    /// <summary>The properties of a set that can be measured: without those of files where it has none.</summary>
    public static IReadOnlyList<PropertyAttribute> Available(ImageSet set) =>
        [.. All.Where(property => !property.NeedsFile || set.Source.FileOf(0) is not null)];

    /// <summary>The value of every image, [property][image].</summary>
    /// <exception cref="BadInputException">One needs files that the set does not have.</exception>
    public static IReadOnlyList<PropertyValue[]> Measure(ImageSet set, IReadOnlyList<PropertyAttribute> properties, RunContext run)
    {
        var fileless = properties.FirstOrDefault(property => property.NeedsFile && set.Source.FileOf(0) is null);
        Require.That(fileless is null, $"{set.Name} holds no files of pictures, of which {NameOf(fileless ?? properties[0])} could be measured.");
        var values = properties.Select(_ => new PropertyValue[set.Count]).ToArray();
        var done = 0;
        ParallelLoop.For(
            set.Count, run.Threads,
            at =>
            {
                var image = new MeasuredImage(set.Source.Of(at).ToArray(), set.Shape, set.Source.FileOf(at));
                for (var property = 0; property < properties.Count; property++) values[property][at] = properties[property].Of(image);
                run.Report(new($"measure {set.Name}", Interlocked.Increment(ref done), set.Count));
            },
            run.Cancel);
        return values;
    }

    private static ImageSet Added(ImageSet set, string name, PropertyValue[] values)
    {
        var (numbers, names) = values.All(value => value.Name.Length == 0) && values.Any(value => double.IsFinite(value.Number))
            ? Quarters(values) : Named(values);
        return set.With(name, numbers).Named(new Dictionary<string, IReadOnlyList<string>> { [name] = names });
    }

    private static (long[] Numbers, IReadOnlyList<string> Names) Named(PropertyValue[] values)
    {
        string[] names = [.. values.Select(value => value.Name.Length == 0 ? "unknown" : value.Name).Distinct().Order(StringComparer.Ordinal)];
        var placeOf = names.Index().ToDictionary(pair => pair.Item, pair => (long)pair.Index);
        return (Array.ConvertAll(values, value => placeOf[value.Name.Length == 0 ? "unknown" : value.Name]), names);
    }

    /// <summary>Numbers by the quarter that they fall into, named by its ends; equal numbers are never parted.</summary>
    private static (long[] Numbers, IReadOnlyList<string> Names) Quarters(PropertyValue[] values)
    {
        double[] sorted = [.. values.Select(value => value.Number).Where(double.IsFinite).Order()];
        var quantiles = Enumerable.Range(1, Bins - 1).Select(part => sorted[part * sorted.Length / Bins]);
        double[] ends = [.. quantiles.Distinct().Where(end => end > sorted[0])];
        var unknown = ends.Length + 1;
        long[] numbers = [.. values.Select(value => double.IsFinite(value.Number) ? ends.Count(end => value.Number >= end) : (long)unknown)];
        string[] names = [.. Enumerable.Range(0, ends.Length + 1).Select(Name), .. numbers.Contains(unknown) ? ["unknown"] : (string[])[]];
        return (numbers, names);

        string Name(int part)
        {
            var inside = sorted.Where(number => ends.Count(end => number >= end) == part).ToList();
            return inside[0] == inside[^1] ? Text(inside[0]) : $"{Text(inside[0])} to {Text(inside[^1])}";
        }
    }

    private static string Text(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
