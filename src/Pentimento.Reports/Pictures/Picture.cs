using Pentimento.Data;
using SkiaSharp;

namespace Pentimento.Reports.Pictures;

/// <summary>A small picture in memory.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">uint8 (Height, Width, 3), row-major.</param>
public sealed record Picture(int Width, int Height, byte[] Pixels)
{
    /// <summary>One image of a set, grey ones with equal channels.</summary>
    public static Picture Of(ImageSet set, int index)
    {
        var shape = set.Shape;
        var stored = set.PixelsOf(index);
        var pixels = new byte[shape.Height * shape.Width * 3];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = stored[(at / 3 * shape.Channels) + Math.Min(at % 3, shape.Channels - 1)];
        return new(shape.Width, shape.Height, pixels);
    }

    /// <summary>An image as networks read it, grey ones with equal channels.</summary>
    /// <param name="planes">float32 (C, H, W) in [0, 1].</param>
    /// <param name="shape">Height, width and channels.</param>
    public static Picture Of(float[] planes, ImageShape shape) =>
        Perturbation.After(new(shape.Width, shape.Height, new byte[shape.Height * shape.Width * 3]), planes);

    /// <summary>Pictures of one size side by side.</summary>
    public static Picture Row(IReadOnlyList<Picture> pictures)
    {
        var (width, height) = (pictures[0].Width, pictures[0].Height);
        var pixels = new byte[pictures.Count * width * height * 3];
        for (var row = 0; row < height; row++)
        {
            for (var at = 0; at < pictures.Count; at++)
                pictures[at].Pixels.AsSpan(row * width * 3, width * 3).CopyTo(pixels.AsSpan(((row * pictures.Count) + at) * width * 3));
        }

        return new(pictures.Count * width, height, pixels);
    }

    /// <summary>The same picture with a white frame, one pixel wide, around a part of it; cut at the picture's edges.</summary>
    public Picture Framed(int top, int left, int height, int width) => With(at =>
    {
        var (row, column) = (at / 3 / Width, at / 3 % Width);
        var inside = row >= top && row < top + height && column >= left && column < left + width;
        var near = row >= top - 1 && row <= top + height && column >= left - 1 && column <= left + width;
        return near && !inside ? (byte)255 : Pixels[at];
    });

    /// <summary>The picture as PNG, its pixels as squares of <paramref name="zoom"/>.</summary>
    public byte[] Enlarged(int zoom) => Sheet.Png(Width * zoom, Height * zoom, canvas => Sheet.Draw(canvas, this, default, zoom));

    /// <summary>A picture of the same size, every value computed from the value's place.</summary>
    public Picture With(Func<int, byte> value) => this with { Pixels = [.. Enumerable.Range(0, Pixels.Length).Select(value)] };

    /// <summary>The picture no higher than so many rows; one that fits is returned as it is.</summary>
    public Picture AtMost(int rows)
    {
        if (Height <= rows) return this;
        using var bitmap = ToBitmap();
        var size = bitmap.Info.WithSize(Math.Max(1, Width * rows / Height), rows);
        using var small = bitmap.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        var pixels = new byte[size.Width * size.Height * 3];
        var span = small.GetPixelSpan();
        for (var at = 0; at < size.Width * size.Height; at++) span.Slice(at * 4, 3).CopyTo(pixels.AsSpan(at * 3));
        return new(size.Width, size.Height, pixels);
    }

    /// <summary>The picture as a bitmap; the caller disposes it.</summary>
    public SKBitmap ToBitmap()
    {
        var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var span = bitmap.GetPixelSpan();
        for (var at = 0; at < Width * Height; at++)
        {
            Pixels.AsSpan(at * 3, 3).CopyTo(span[(at * 4)..]);
            span[(at * 4) + 3] = 255;
        }

        return bitmap;
    }

    /// <summary>The picture at its own size, for style sheets and pages.</summary>
    public string DataUri
    {
        get
        {
            using var bitmap = ToBitmap();
            using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            return $"data:image/png;base64,{Convert.ToBase64String(png.AsSpan())}";
        }
    }
}
