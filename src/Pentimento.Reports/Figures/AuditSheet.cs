using Pentimento.Data;
using Pentimento.Painting;
using Pentimento.Reports.Pictures;
using SkiaSharp;

namespace Pentimento.Reports.Figures;

/// <summary>The verdict on one picture: the same digits in every colour with the network's predictions, and below them the sweep of hues.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Verdict">The finding, in a sentence or more.</param>
/// <param name="Digits">The same digits in every colour.</param>
/// <param name="Sweep">The mean probabilities at every hue.</param>
internal sealed record AuditSheet(string Name, string Verdict, PictureTable Digits, HueRidges Sweep) : Figure
{
    private const int Margin = 16;
    private const float Letters = 17;
    private const int Line = 24;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt => $"{Verdict} {Digits.Alt} {Sweep.Alt}";

    /// <inheritdoc/>
    public override Table? Values => Sweep.Values;

    /// <summary>The table of digits: a row for each, a column for each colour.</summary>
    /// <param name="set">The digits to show.</param>
    /// <param name="palette">The colours.</param>
    /// <param name="pictures">[digit][colour].</param>
    /// <param name="predicted">[digit][colour], the predictions.</param>
    public static PictureTable Table(
        ImageSet set, Palette palette, IReadOnlyList<IReadOnlyList<Picture>> pictures, IReadOnlyList<long[]> predicted) =>
        new(
            "recoloured",
            $"The same digits in {palette.Colors.Count} colours, with the network's prediction below each.",
            [
                .. Enumerable
                    .Range(0, set.Count)
                    .Select(digit => new PictureRow(
                        $"a {set.Labels[digit]}",
                        [
                            .. pictures[digit]
                                .Select(
                                    (picture, color) =>
                                        new Tile(
                                            picture,
                                            $"a {set.Labels[digit]} in {palette.Colors[color].Name}, predicted as {predicted[digit][color]}",
                                            $"{predicted[digit][color]}",
                                            predicted[digit][color] != set.Labels[digit],
                                            digit == 0 ? palette.Colors[color].Name : "")),
                        ])),
            ]);

    /// <summary>The sheet as PNG.</summary>
    public byte[] Draw()
    {
        using var table = SKBitmap.Decode(Digits.Draw());
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
