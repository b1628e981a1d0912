using Pentimento.Data;
using Pentimento.Painting.Objects;

namespace Pentimento.Experiments;

/// <summary>The pictures on which cues are planted.</summary>
internal sealed class BaseImages
{
    private const string Digits = "digits";
    private const string Objects = "objects";

    // Every network of a bench is trained on the same pictures, so each split is read once.
    private readonly Dictionary<Split, ImageSet> read = [];
    private readonly Func<Split, ImageSet> source;

    private BaseImages(string name, Func<Split, ImageSet> source) => (Name, this.source) = (name, source);

    /// <summary>How tables and files call them.</summary>
    public string Name { get; }

    /// <summary>Opens pictures: <c>digits</c>, <c>objects</c>, or a folder of IDX files.</summary>
    /// <exception cref="BadInputException">There is nothing of the kind.</exception>
    public static BaseImages Open(string place, RunContext run)
    {
        if (place == Objects)
            return new(Objects, split => new ObjectPainter(ObjectAtlas.Read(), new(50), new(0)).PaintFirst(split, 0, run.Threads, run));
        var digits = DigitSource.Open(place == Digits ? null : place);
        return new(Names.Kebab(Path.GetFileName(Path.TrimEndingDirectorySeparator(place))), split => Grey(digits(split)));
    }

    /// <summary>The pictures of a split.</summary>
    public ImageSet Of(Split split)
    {
        if (!read.TryGetValue(split, out var set)) read[split] = set = source(split);
        return set;
    }

    /// <summary>Some of them, every class with its share.</summary>
    public ImageSet Some(Split split, int limit, Seed seed)
    {
        var all = Of(split);
        return limit == 0 || limit >= all.Count ? all : all.Pick(StratifiedDraw.Of(all.Labels, limit, seed));
    }

    private static ImageSet Grey(Digits digits) =>
        new("digits", digits.Pixels.ToArray(), digits.Labels, [], new(digits.Height, digits.Width, 1));
}
