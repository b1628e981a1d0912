using System.Text.Json;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting;

/// <summary>How named sets are painted: on which grey images, where the colour lies, in which colours, by which seed.</summary>
internal sealed record PaintSettings
{
    /// <summary>The seed report's digits, colours and placement.</summary>
    public static PaintSettings Usual { get; } = new();

    /// <summary>Grey images to paint on: a folder of IDX files or an npz; empty for the embedded MNIST.</summary>
    [Input("PLACE", IsPrefix = true)]
    public string Source { get; init; } = "";

    /// <summary>Where the colour lies.</summary>
    public ColorPlacement Cue { get; init; }

    /// <summary>A YAML file of ten colours by name, in the classes' order; empty for the seed report's.</summary>
    [Input("F.yaml")]
    public string Palette { get; init; } = "";

    /// <summary>Decides colours, noise and strokes of every image.</summary>
    public ulong Seed { get; init; }

    /// <summary>The colours.</summary>
    /// <exception cref="BadInputException">The palette's file cannot be used.</exception>
    internal Palette Colors => Palette.Length == 0 ? Painting.Palette.Seed : PaletteFile.Read(Palette);

    /// <summary>The grey images of a split.</summary>
    /// <exception cref="BadInputException">There is no such source.</exception>
    internal Func<Split, Digits> Digits => DigitSource.Open(Source.Length == 0 ? null : Source);

    /// <summary>What paints a canvas so.</summary>
    internal Painter Painter(Canvas canvas) => new(canvas, Colors, new(Seed), Cue);

    /// <summary>The same with places on disk that mean the same from every folder.</summary>
    internal PaintSettings Rooted() => this with { Source = Full(Source), Palette = Full(Palette) };

    /// <summary>A SHA-256 of all that decides the bytes of a set of some name, the source's bytes and the painter's version included.</summary>
    /// <param name="cancel">Stops the reading.</param>
    internal string Hash(CancellationToken cancel)
    {
        using var hash = new ContentHash();
        hash.Add(JsonSerializer.Serialize(new { Painting.Painter.Version, Colors.Colors, Seed, Cue }));
        hash.Add(Source.Length == 0 ? "" : HashOf(Source, cancel));
        return hash.Value();
    }

    private static string HashOf(string source, CancellationToken cancel) =>
        ContentHash.OfPlace(source, isPrefix: true, cancel) ?? throw new BadInputException($"There is no file or folder {source}.");

    private static string Full(string place) => place.Length == 0 ? "" : Path.GetFullPath(place);
}
