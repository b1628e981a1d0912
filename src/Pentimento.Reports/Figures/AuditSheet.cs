using Pentimento.Data;
using Pentimento.Painting;
using Pentimento.Reports.Pictures;
using SkiaSharp;

namespace Pentimento.Reports.Figures;

/// <summary>The verdict on one picture: the same images in every colour with the network's predictions, and below them the sweep of hues.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Verdict">The finding, in a sentence or more.</param>
/// <param name="Recolored">The same images in every colour.</param>
/// <param name="Sweep">The mean probabilities at every hue.</param>
internal sealed record AuditSheet(string Name, string Verdict, PictureTable Recolored, HueRidges Sweep) : Figure
{
    private const int Margin = 16;
    private const float Letters = 17;
    private const int Line = 24;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt => $"{Verdict} {Recolored.Alt} {Sweep.Alt}";

    /// <inheritdoc/>
    public override Table? Values => Sweep.Values;

    /// <summary>The table of images: a row for each, a column for each colour.</summary>
    /// <param name="set">The images to show.</param>
    /// <param name="palette">The colours.</param>
    /// <param name="pictures">[image][colour].</param>
    /// <param name="predicted">[image][colour], the predictions.</param>
    public static PictureTable Table(
        ImageSet set, Palette palette, IReadOnlyList<IReadOnlyList<Picture>> pictures, IReadOnlyList<long[]> predicted) =>
        new(
            "recoloured",
            $"The same images in {palette.Colors.Count} colours, with the network's prediction below each.",
            [
                .. Enumerable
                    .Range(0, set.Count)
                    .Select(image => new PictureRow(
                        $"a {set.Labels[image]}",
                        [
                            .. pictures[image]
                                .Select(
                                    (picture, color) =>
                                        new Tile(
                                            picture,
                                            $"a {set.Labels[image]} in {palette.Colors[color].Name}, predicted as {predicted[image][color]}",
                                            $"{predicted[image][color]}",
                                            predicted[image][color] != set.Labels[image],
                                            image == 0 ? palette.Colors[color].Name : "")),
                        ])),
            ]);

    /// <summary>The sheet as PNG.</summary>
    public byte[] Draw()
    {
        using var table = SKBitmap.Decode(Recolored.Draw());
        using var sweep = SKBitmap.Decode(Sweep.Png());
        var width = Math.Max(table.Width, sweep.Width) + (2 * Margin);
        var lines = Sheet.Lines(Verdict, Letters, width - (2 * Margin));
        var top = Margin + (lines.Count * Line);
        return Sheet.Png(width, top + table.Height + sweep.Height + (2 * Margin), canvas =>
        {
            for (var at = 0; at < lines.Count; at++) Sheet.Write(canvas, lines[at], new(Margin, Margin + (at * Line) + Letters), Letters);
            canvas.DrawBitmap(table, Margin, top, SKSamplingOptions.Default);
            canvas.DrawBitmap(sweep, (width - sweep.Width) / 2f, top + table.Height + Margin, SKSamplingOptions.Default);
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings() => [new("png", Draw())];
}
