using Pentimento.Reports.Style;
using SkiaSharp;

namespace Pentimento.Reports.Pictures;

/// <summary>Drawing small pictures and text on a large one.</summary>
internal static class Sheet
{
    // Pixels stay squares: a smoothed 28-pixel digit would show detail that no network saw.
    private static readonly SKSamplingOptions Squares = new(SKFilterMode.Nearest);

    /// <summary>A PNG, drawn on paper.</summary>
    public static byte[] Png(int width, int height, Action<SKCanvas> draw)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColor.Parse(PlotColors.Paper.ToHex()));
        draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Draws a picture enlarged, its pixels as squares.</summary>
    public static void Draw(SKCanvas canvas, Picture picture, SKPoint corner, int zoom)
    {
        using var bitmap = picture.ToBitmap();
        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, SKRect.Create(corner, new(picture.Width * zoom, picture.Height * zoom)), Squares);
    }

    /// <summary>Writes a line of text.</summary>
    public static void Write(SKCanvas canvas, string text, SKPoint at, float size, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(FigureFont.Typeface, size) { Edging = SKFontEdging.Antialias };
        using var paint = new SKPaint { Color = SKColor.Parse(PlotColors.Text.ToHex()), IsAntialias = true };
        canvas.DrawText(text, at.X, at.Y, align, font, paint);
    }

    /// <summary>Writes lines of text, the middle of them at the given place.</summary>
    public static void Write(SKCanvas canvas, IReadOnlyList<string> lines, SKPoint middle, float size)
    {
        for (var at = 0; at < lines.Count; at++)
            Write(canvas, lines[at], new(middle.X, middle.Y + ((at - ((lines.Count - 1) / 2f)) * 1.3f * size)), size);
    }

    /// <summary>How wide text is.</summary>
    public static float Measure(string text, float size)
    {
        using var font = new SKFont(FigureFont.Typeface, size);
        return font.MeasureText(text);
    }

    /// <summary>Breaks text into lines of at most this width.</summary>
    public static IReadOnlyList<string> Lines(string text, float size, float width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (lines[^1].Length == 0 || Measure(longer, size) <= width) lines[^1] = longer;
            else lines.Add(word);
        }

        return lines;
    }
}
