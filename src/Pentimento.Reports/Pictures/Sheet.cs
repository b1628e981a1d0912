using Pentimento.Reports.Look;
using SkiaSharp;

namespace Pentimento.Reports.Pictures;

/// <summary>Drawing small pictures and words on a large one.</summary>
internal static class Sheet
{
    // Pixels stay squares: a smoothed 28-pixel digit would show detail that no network saw.
    private static readonly SKSamplingOptions Squares = new(SKFilterMode.Nearest);

    /// <summary>A PNG, drawn on paper.</summary>
    public static byte[] Png(int width, int height, Action<SKCanvas> draw)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColor.Parse(Ink.Paper.ToHex()));
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

    /// <summary>Writes a line of words.</summary>
    public static void Write(SKCanvas canvas, string words, SKPoint at, float size, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(Lettering.Typeface, size) { Edging = SKFontEdging.Antialias };
        using var paint = new SKPaint { Color = SKColor.Parse(Ink.Text.ToHex()), IsAntialias = true };
        canvas.DrawText(words, at.X, at.Y, align, font, paint);
    }

    /// <summary>Writes lines of words, the middle of them at the given place.</summary>
    public static void Write(SKCanvas canvas, IReadOnlyList<string> lines, SKPoint middle, float size)
    {
        for (var at = 0; at < lines.Count; at++)
            Write(canvas, lines[at], new(middle.X, middle.Y + ((at - ((lines.Count - 1) / 2f)) * 1.3f * size)), size);
    }

    /// <summary>How wide words are.</summary>
    public static float Measure(string words, float size)
    {
        using var font = new SKFont(Lettering.Typeface, size);
        return font.MeasureText(words);
    }

    /// <summary>Breaks words into lines of at most this width.</summary>
    public static IReadOnlyList<string> Lines(string words, float size, float width)
    {
        var lines = new List<string> { "" };
        foreach (var word in words.Split(' '))
        {
            var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (lines[^1].Length == 0 || Measure(longer, size) <= width) lines[^1] = longer;
            else lines.Add(word);
        }

        return lines;
    }
}
