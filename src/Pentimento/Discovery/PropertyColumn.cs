using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Data.Properties;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>One number of every image that may tell predictions apart.</summary>
/// <param name="Property">The attribute or cell that it belongs to.</param>
/// <param name="Value">What of it; null for the number itself.</param>
/// <param name="Numbers">One an image.</param>
/// <param name="Cue">The cue that swaps it; null where there is none.</param>
internal sealed record PropertyColumn(string Property, string? Value, double[] Numbers, Cue? Cue)
{
    private const int Grid = 4;
    private const int MostValues = 20;
    private const int FewestImages = 5;
    private static readonly (string Near, string Far, double Angle)[] Hues = [("red", "cyan", 0), ("yellow", "blue", 60), ("green", "magenta", 120)];
    private static readonly string[] ChannelNames = ["red", "green", "blue"];

    /// <summary>Everything that can be said of the images: measured properties, columns of the set, and the means of the cells of a grid; of a corner
    /// that is what lies there beside the object.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="places">The images that are asked.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static IReadOnlyList<PropertyColumn> Of(ExaminedNetwork subject, int[] places, RunContext run)
    {
        var set = places.Length == subject.Set.Count ? subject.Set : subject.Set.Pick(places);
        return
        [
            .. Measured(set, run),
            .. set.AttributeNames.Where(name => name != "label").SelectMany(name => Column(set, name)),
            .. Cells(subject, set, places, run),
        ];
    }

    private static IEnumerable<PropertyColumn> Measured(ImageSet set, RunContext run)
    {
        var properties = MeasuredProperties.Available(set);
        return properties.Zip(MeasuredProperties.Measure(set, properties, run)).SelectMany(pair => Of(pair.First, pair.Second));
    }

    private static IEnumerable<PropertyColumn> Of(PropertyAttribute property, PropertyValue[] values)
    {
        var name = MeasuredProperties.NameOf(property);
        if (!values.Any(value => double.IsFinite(value.Number))) return Named(name, Array.ConvertAll(values, value => value.Name));
        // What is unknown is one value of its own, below all others.
        double[] numbers = Array.ConvertAll(values, value => double.IsFinite(value.Number) ? value.Number : double.NegativeInfinity);
        return property.Period is not { } period
            ? [new(name, null, numbers, CueOf(property))]
            : Hues.Select(hue => new PropertyColumn(
                name, $"near {hue.Near}, far from {hue.Far}",
                Array.ConvertAll(numbers, number => Math.Cos(((number * 360 / period) - hue.Angle) * Math.PI / 180)), CueOf(property)));
    }

    private static Cue? CueOf(PropertyAttribute property) => property switch
    {
        Data.Properties.Brightness => new Cues.Brightness(),
        Data.Properties.Contrast => new Cues.Contrast(),
        Data.Properties.Sharpness => new Cues.Sharpness(),
        Hue or Saturation => new Cues.ColorStatistics(),
        _ => null,
    };

    private static IEnumerable<PropertyColumn> Column(ImageSet set, string name) =>
        Named(name, Array.ConvertAll(set.AttributeOf(name), value => set.ValueName(name, value)));

    /// <summary>Of a name: for each of its values whether an image has it.</summary>
    private static IEnumerable<PropertyColumn> Named(string name, string[] values) => values.CountBy(value => value)
        .Where(pair => pair.Value >= FewestImages && pair.Value <= values.Length - FewestImages)
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostValues)
        .Select(pair => new PropertyColumn(
            name, pair.Key.Length == 0 ? "unknown" : pair.Key, Array.ConvertAll(values, value => value == pair.Key ? 1.0 : 0),
            name == MeasuredProperties.NameOf(new BorderColor()) ? new Border() : null));

    private static IEnumerable<PropertyColumn> Cells(ExaminedNetwork subject, ImageSet set, int[] places, RunContext run)
    {
        var shape = set.Shape;
        if (shape.Height < Grid || shape.Width < Grid) return [];
        var sums = new double[Grid * Grid * shape.Channels][];
        for (var at = 0; at < sums.Length; at++) sums[at] = new double[set.Count];
        ParallelLoop.For(set.Count, run.Threads, image =>
        {
            var pixels = set.Source.Of(image);
            for (var at = 0; at < pixels.Length; at++)
            {
                var (place, channel) = (at / shape.Channels, at % shape.Channels);
                var (row, column) = (CellOf(place / shape.Width, shape.Height), CellOf(place % shape.Width, shape.Width));
                sums[(((row * Grid) + column) * shape.Channels) + channel][image] += pixels[at];
            }
        }, run.Cancel);
        return sums.Chunk(shape.Channels).SelectMany((means, at) =>
        {
            var cell = new Cell(Grid, at / Grid, at % Grid);
            return (cell.IsBesideObject ? Means(subject, cell, places) : means).Select((numbers, channel) =>
                new PropertyColumn($"{cell}", shape.Channels == 1 ? null : ChannelNames[channel], numbers, cell));
        });
    }

    /// <summary>The mean of each channel, without the objects that reach there: sleeves are no tags.</summary>
    private static double[][] Means(ExaminedNetwork subject, Cell cell, int[] places)
    {
        using var scope = NewDisposeScope();
        using var numbers = subject.Read(cell);
        var channels = subject.Set.Shape.Channels;
        var means = numbers.view(numbers.shape[0], channels, -1).mean([2]).to_type(float64).t().contiguous();
        return [.. means.data<double>().ToArray().Chunk(subject.Set.Count).Select(all => Array.ConvertAll(places, place => all[place]))];
    }

    // The cue's cells begin at row * height / grid, rounded down.
    private static int CellOf(int place, int side) => (((place + 1) * Grid) - 1) / side;
}
