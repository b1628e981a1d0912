using System.Globalization;
using TorchSharp;

namespace Pentimento.Data;

/// <summary>Labelled images: in memory as bytes, the layout of the npz itself, or in files that are decoded as they are asked for.</summary>
public sealed class ImageSet
{
    /// <summary>The colour index of white, which is no digit's colour.</summary>
    public const int White = 10;

    /// <summary>The attribute that <see cref="Colors"/> is.</summary>
    internal const string Color = "color";

    /// <summary>Decides which images a limit leaves: one draw for everybody, whatever the run's seed.</summary>
    internal static Seed LimitSeed { get; } = new Seed(0).For("limit");

    /// <summary>Takes ownership of the arrays.</summary>
    /// <param name="name">How results refer to the set.</param>
    /// <param name="images">uint8 (N, H, W, C), row-major, 0..255.</param>
    /// <param name="labels">int64 (N), the class of each image.</param>
    /// <param name="colors">int64 (N), the palette index of each image, or empty if unknown.</param>
    /// <param name="shape">Height, width and channels.</param>
    /// <exception cref="BadInputException">The arrays disagree, or a label is negative.</exception>
    public ImageSet(string name, byte[] images, long[] labels, long[] colors, ImageShape shape)
        : this(name, new PixelArray(images, shape.Size), labels, colors, shape) =>
        Require.That(
            images.Length == labels.LongLength * shape.Size,
            $"{name}: {images.Length:N0} pixel values do not make {labels.Length} images of {shape}.");

    /// <summary>Images whose pixels come from somewhere.</summary>
    /// <param name="name">How results refer to the set.</param>
    /// <param name="source">The pixels.</param>
    /// <param name="labels">int64 (N), the class of each image.</param>
    /// <param name="colors">int64 (N), the palette index of each image, or empty if unknown.</param>
    /// <param name="shape">Height, width and channels.</param>
    /// <exception cref="BadInputException">The arrays disagree, or a label is negative.</exception>
    internal ImageSet(string name, PixelSource source, long[] labels, long[] colors, ImageShape shape)
    {
        Require.That(colors.Length == 0 || colors.Length == labels.Length, $"{name}: {colors.Length} colours for {labels.Length} images.");
        Require.That(labels.All(label => label is >= 0 and < 1_000_000), $"{name}: labels must be whole numbers from 0 on.");
        (Name, Labels, Colors, Shape, Source) = (name, labels, colors, shape, source);
    }

    /// <summary>How results refer to the set.</summary>
    public string Name { get; }

    /// <summary>The class of each image.</summary>
    public long[] Labels { get; }

    /// <summary>The palette index of each image's colour (<see cref="White"/> for white); empty if unknown.</summary>
    public long[] Colors { get; }

    /// <summary>Height, width and channels of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>What else is known of each image, int64 (N) by name: a background, a place, a true label.</summary>
    /// <exception cref="BadInputException">One has the name of an array that every set has.</exception>
    public IReadOnlyDictionary<string, long[]> Attributes
    {
        get;
        init
        {
            var taken = value.Keys.FirstOrDefault(name => name is "images" or "labels" or "colors");
            Require.That(taken is null, $"{Name}: no attribute can be called '{taken}'.");
            field = value;
        }
    } = new Dictionary<string, long[]>();

    /// <summary>What the classes are called, by number; empty where numbers are all that is known.</summary>
    /// <exception cref="BadInputException">A label has no name.</exception>
    public IReadOnlyList<string> ClassNames
    {
        get;
        init
        {
            Require.That(
                value.Count == 0 || Labels.All(label => label < value.Count), $"{Name}: {value.Count} names for classes up to "
                    + $"{Labels.DefaultIfEmpty().Max()}.");
            field = value;
        }
    } = [];

    /// <summary>What the values of an attribute are called, by number, for attributes whose values are names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ValueNames { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The file of each image, relative to the set's folder; empty where images have no files of their own.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>How many damaged pictures were left out when the set was read.</summary>
    internal int Skipped { get; init; }

    /// <summary>The attribute that <see cref="Colors"/> holds: <c>color</c>, unless another is what may mislead.</summary>
    internal string Bias { get; init; } = Color;

    /// <summary>Where each image stood in the set that was read; empty where all of them stand where they stood.</summary>
    internal int[] Places { get; init; } = [];

    /// <summary>What tells an image from the others of its set: its file, or its place in the set that was read.</summary>
    internal string NameOf(int index) =>
        Files.Count > 0 ? Files[index] : (Places.Length > 0 ? Places[index] : index).ToString(CultureInfo.InvariantCulture);

    /// <summary>The names of all attributes: <c>color</c> first where colours are known, then the others in their order.</summary>
    public IReadOnlyList<string> AttributeNames =>
        Colors.Length > 0 && Bias == Color && !Attributes.ContainsKey(Color) ? [Color, .. Attributes.Keys] : [.. Attributes.Keys];

    /// <summary>How many images there are.</summary>
    public int Count => Labels.Length;

    /// <summary>The pixels of all images, uint8 (N, H, W, C); pictures in files are all decoded and held from then on.</summary>
    /// <exception cref="BadInputException">They are more than 2 GB, or a picture is damaged.</exception>
    public ReadOnlySpan<byte> Pixels => Source.Array;

    /// <summary>The pixels of all images as the array itself, for writers.</summary>
    internal byte[] PixelArray => Source.Array;

    /// <summary>Where the pixels come from.</summary>
    internal PixelSource Source { get; }

    /// <summary>The pixels of one image, uint8 (H, W, C).</summary>
    public ReadOnlySpan<byte> PixelsOf(int index) => Source.Of(index);

    /// <summary>Some images in their order, drawn at random so that every class keeps its share, the same for everybody; all if there are no
    /// more or the limit is 0.</summary>
    public ImageSet Take(int limit) => limit <= 0 || limit >= Count ? this : Pick(Drawn(limit));

    /// <summary>The places of the images that a limit leaves.</summary>
    internal int[] Drawn(int limit) =>
        limit <= 0 || limit >= Count ? [.. Enumerable.Range(0, Count)] : StratifiedDraw.Of(Labels, limit, LimitSeed);

    /// <summary>The first images, whatever their classes; all if there are no more or the limit is 0.</summary>
    public ImageSet First(int limit) => limit <= 0 || limit >= Count ? this : Pick([.. Enumerable.Range(0, limit)]);

    /// <summary>Where the first images of each class stand, class by class.</summary>
    /// <param name="count">How many of each.</param>
    public int[] FirstOfEachClass(int count = 1) =>
        [.. Enumerable.Range(0, Count).GroupBy(at => Labels[at]).OrderBy(group => group.Key).SelectMany(group => group.Take(count))];

    /// <summary>The images at these places, in this order.</summary>
    public ImageSet Pick(IReadOnlyList<int> places)
    {
        return new(
            Name,
            Source.Pick(places),
            [.. places.Select(place => Labels[place])],
            [.. Colors.Length == 0 ? [] : places.Select(place => Colors[place])],
            Shape)
        {
            Attributes = Attributes.ToDictionary(pair => pair.Key, pair => places.Select(place => pair.Value[place]).ToArray()),
            ClassNames = ClassNames,
            ValueNames = ValueNames,
            Files = Files.Count == 0 ? [] : [.. places.Select(place => Files[place])],
            Places = [.. places.Select(place => Places.Length == 0 ? place : Places[place])],
            Bias = Bias,
            Skipped = Skipped,
        };
    }

    /// <summary>The same images with one more attribute.</summary>
    public ImageSet With(string attribute, long[] values)
    {
        Require.That(values.Length == Count, $"{Name}: {values.Length} values of '{attribute}' for {Count} images.");
        return new(Name, Source, Labels, Colors, Shape)
        {
            Attributes = new Dictionary<string, long[]>(Attributes) { [attribute] = values },
            ClassNames = ClassNames,
            ValueNames = ValueNames,
            Files = Files,
            Places = Places,
            Bias = Bias,
            Skipped = Skipped,
        };
    }

    /// <summary>The same images with other labels, of which nothing is known but their numbers.</summary>
    internal ImageSet Relabelled(long[] labels) => new(Name, Source, labels, [], Shape);

    /// <summary>The same images with classes numbered otherwise.</summary>
    internal ImageSet Renumbered(long[] labels, IReadOnlyList<string> names) =>
        new(Name, Source, labels, Colors, Shape)
        {
            Attributes = Attributes,
            ClassNames = names,
            ValueNames = ValueNames,
            Files = Files,
            Places = Places,
            Bias = Bias,
            Skipped = Skipped,
        };

    /// <summary>The same images with names for the values of attributes, besides those that they have.</summary>
    internal ImageSet Named(IReadOnlyDictionary<string, IReadOnlyList<string>> names) =>
        Renamed(Name, names.Concat(ValueNames).DistinctBy(pair => pair.Key).ToDictionary());

    /// <summary>The same images under another name.</summary>
    internal ImageSet Called(string name) => Renamed(name, ValueNames);

    private ImageSet Renamed(string name, IReadOnlyDictionary<string, IReadOnlyList<string>> valueNames) => new(name, Source, Labels, Colors, Shape)
    {
        Attributes = Attributes,
        ClassNames = ClassNames,
        ValueNames = valueNames,
        Files = Files,
        Places = Places,
        Bias = Bias,
        Skipped = Skipped,
    };

    /// <summary>The values of an attribute, int64 (N), with <c>label</c> (or <c>labels</c>) and <c>color</c> (or <c>colors</c>) among them.</summary>
    /// <exception cref="BadInputException">The set does not have it.</exception>
    public long[] AttributeOf(string name)
    {
        if (Attributes.TryGetValue(name, out var values)) return values;
        return name switch
        {
            "label" or "labels" => Labels,
            Color or "colors" when Colors.Length > 0 && Bias == Color => Colors,
            "colors" when Attributes.TryGetValue(Color, out var colors) => colors,
            _ => throw new BadInputException($"{Name} has no attribute '{name}'; {Names.Suggest(name, ["labels", .. AttributeNames])}"),
        };
    }

    /// <summary>The same images with the attribute that may mislead in the place of their colours.</summary>
    /// <param name="attribute">Its name; null for <c>color</c> or, where there is none, the only attribute.</param>
    /// <exception cref="BadInputException">The set does not have it, or none was named and there are several.</exception>
    internal ImageSet JudgedBy(string? attribute)
    {
        if (attribute is null or Color or "colors" && Colors.Length > 0) return this;
        if (attribute is null && !HasAttribute(Color))
        {
            var known = Attributes.Count == 0 ? " on images that have one" : $": {string.Join(", ", AttributeNames.Take(20))}";
            Require.That(
                Attributes.Count == 1,
                $"{Name} does not say which colour each image has; name the attribute that may mislead with --attribute{known}.");
            attribute = AttributeNames[0];
        }

        var values = AttributeOf(attribute ?? Color);
        return new(Name, Source, Labels, values, Shape)
        {
            Attributes = Attributes,
            ClassNames = ClassNames,
            ValueNames = ValueNames,
            Files = Files,
            Places = Places,
            Bias = attribute ?? Color,
            Skipped = Skipped,
        };
    }

    /// <summary>Whether the set has an attribute that <see cref="AttributeOf"/> knows.</summary>
    internal bool HasAttribute(string name) => Attributes.ContainsKey(name) || name is "label" or "labels"
        || (name is Color or "colors" && ((Colors.Length > 0 && Bias == Color) || Attributes.ContainsKey(Color)));

    /// <summary>What a value of an attribute is called: its name where values have names, else the number.</summary>
    /// <param name="attribute">As for <see cref="AttributeOf"/>.</param>
    /// <param name="value">One of its values.</param>
    public string ValueName(string attribute, long value)
    {
        var names = attribute switch
        {
            "label" or "labels" when !Attributes.ContainsKey(attribute) => ClassNames,
            "colors" when !ValueNames.ContainsKey(attribute) => ValueNames.GetValueOrDefault(Color, []),
            _ => ValueNames.GetValueOrDefault(attribute, []),
        };
        return value >= 0 && value < names.Count ? names[(int)value] : value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A view of all images as a uint8 (N, H, W, C) tensor that shares this set's memory; pictures in files are all decoded first.</summary>
    /// <exception cref="BadInputException">They are more than 2 GB, or a picture is damaged.</exception>
    public torch.Tensor Tensor()
    {
        // The view keeps the memory; the flat tensor must not stay behind in the caller's scope.
        using var flat = torch.frombuffer(Source.Array, torch.ScalarType.Byte);
        return flat.view(Count, Shape.Height, Shape.Width, Shape.Channels);
    }

    /// <summary>A view of the labels as an int64 (N) tensor that shares this set's memory.</summary>
    public torch.Tensor LabelTensor() => torch.frombuffer(Labels, torch.ScalarType.Int64);
}

/// <summary>The size of an image.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 for grey, 3 for RGB.</param>
public readonly record struct ImageShape(int Height, int Width, int Channels)
{
    /// <summary>Values per image.</summary>
    public int Size => Height * Width * Channels;

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width}x{Channels}";
}
