using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Pentimento.Data;

namespace Pentimento.Painting.Objects;

/// <summary>The embedded pictures: emoji of animals, plants, vehicles and buildings with their alpha, and grounds cut out of photographs.</summary>
/// <remarks>Rendered by build/objects; whose they are and under which licence says data/objects/README.md.</remarks>
internal sealed class ObjectAtlas
{
    /// <summary>Height and width of every picture.</summary>
    public const int Side = 64;

    private const string Pictures = "objects.npz";
    private readonly byte[] glyphs;
    private readonly byte[] grounds;

    private ObjectAtlas(IReadOnlyDictionary<string, NpyArray> arrays, string sum)
    {
        (glyphs, grounds) = (arrays["glyphs"].As<byte>(4, Pictures), arrays["grounds"].As<byte>(4, Pictures));
        Source = $"objects ({sum[..12]})";
        Glyphs = [.. Table("glyphs.tsv").Select(row => new Glyph(
            Array.IndexOf(Names[ObjectPainter.Vendor], row["vendor"]), row["name"], Array.IndexOf(ClassNames, row["class"]), SplitOf(row)))];
        var photographs = Table("photographs.tsv").Select(SplitOf).ToList();
        Grounds = [.. arrays["kinds"].AsLabels(Pictures)
            .Zip(arrays["photographs"].AsLabels(Pictures), (kind, photograph) => new Ground(kind, (int)photograph, photographs[(int)photograph]))];
    }

    /// <summary>Names of the classes.</summary>
    public static string[] ClassNames { get; } = ["nature", "travel"];

    /// <summary>Names of the values of each attribute.</summary>
    public static IReadOnlyDictionary<string, string[]> Names { get; } = new Dictionary<string, string[]>
    {
        [ObjectPainter.Ground] = ["green", "blue"],
        [ObjectPainter.Vendor] = ["noto", "fluent", "twemoji", "emojione"],
    };

    /// <summary>Where the pictures come from, with a checksum, for metadata.</summary>
    public string Source { get; }

    /// <summary>What each emoji is.</summary>
    public IReadOnlyList<Glyph> Glyphs { get; }

    /// <summary>What each ground is.</summary>
    public IReadOnlyList<Ground> Grounds { get; }

    /// <summary>Reads the pictures that come along.</summary>
    /// <exception cref="BadInputException">They are not those that were built.</exception>
    public static ObjectAtlas Read()
    {
        using var stream = Open(Pictures);
        var sum = Convert.ToHexStringLower(SHA256.HashData(stream));
        var expected = Lines("SHA256SUMS").Single(line => line.EndsWith(Pictures, StringComparison.Ordinal)).Split(' ')[0];
        Require.That(sum == expected, $"The embedded {Pictures} has checksum {sum}, expected {expected}.");
        stream.Position = 0;
        using var archive = new ZipArchive(stream);
        return new(archive.Entries.ToDictionary(entry => Path.GetFileNameWithoutExtension(entry.Name), Read), sum);
    }

    /// <summary>The pixels of an emoji, uint8 (H, W, 4), its colour not multiplied by its alpha.</summary>
    public ReadOnlySpan<byte> PixelsOfGlyph(int glyph) => glyphs.AsSpan(glyph * Side * Side * 4, Side * Side * 4);

    /// <summary>The pixels of a ground, uint8 (H, W, 3).</summary>
    public ReadOnlySpan<byte> PixelsOfGround(int ground) => grounds.AsSpan(ground * Side * Side * 3, Side * Side * 3);

    /// <summary>The rows of a table that comes along, by its header's names.</summary>
    internal static IEnumerable<IReadOnlyDictionary<string, string>> Table(string name)
    {
        var rows = Lines(name).Select(line => line.Split('\t')).ToList();
        return rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary());
    }

    private static Split SplitOf(IReadOnlyDictionary<string, string> row) => Enum.Parse<Split>(row["split"], ignoreCase: true);

    private static NpyArray Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return Npy.Read(stream, entry.Length, entry.Name);
    }

    private static List<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"objects/{name}")!;
}

/// <summary>An emoji of the embedded pictures.</summary>
/// <param name="Vendor">The number of the set that it is of.</param>
/// <param name="Name">What it shows, in Unicode's words.</param>
/// <param name="Label">Its class.</param>
/// <param name="Split">Its split, that of all pictures of the same name.</param>
internal sealed record Glyph(int Vendor, string Name, int Label, Split Split);

/// <summary>A ground of the embedded pictures.</summary>
/// <param name="Kind">0 for green, 1 for blue.</param>
/// <param name="Photograph">The number of the photograph that it was cut out of.</param>
/// <param name="Split">Its split, that of all grounds of the same photograph.</param>
internal sealed record Ground(long Kind, int Photograph, Split Split);
