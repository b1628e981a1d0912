using SkiaSharp;

namespace Pentimento.Data;

/// <summary>Pictures in PNG, JPEG and their like, in and out of bytes.</summary>
internal static class ImageFile
{
    /// <summary>Reads size and channels without decoding.</summary>
    /// <exception cref="BadInputException">It is not a picture, or claims more pixels than any sensible one.</exception>
    public static ImageShape ShapeOf(string file) => PictureDecoder.ShapeOf(file);

    /// <summary>Decodes a picture into uint8 (H, W, C), upright, scaled where it is of another size.</summary>
    /// <param name="file">The picture.</param>
    /// <param name="shape">The size and channels wanted.</param>
    /// <param name="crop">Whether the middle is taken of one of other proportions, instead of squeezing it.</param>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static byte[] Read(string file, ImageShape shape, bool crop = false) =>
        PictureDecoder.Decode(file, new(new(shape.Height, shape.Width), crop)).With(shape.Channels).Pixels;

    /// <summary>Encodes uint8 (H, W, C) as PNG.</summary>
    public static byte[] Png(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        var type = shape.Channels == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888;
        using var bitmap = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, type, SKAlphaType.Opaque));
        var stored = bitmap.GetPixelSpan();
        if (shape.Channels == 1)
        {
            for (var row = 0; row < shape.Height; row++) pixels.Slice(row * shape.Width, shape.Width).CopyTo(stored[(row * bitmap.RowBytes)..]);
        }
        else
        {
            for (var at = 0; at < shape.Height * shape.Width; at++)
            {
                pixels.Slice(3 * at, 3).CopyTo(stored[(4 * at)..]);
                stored[(4 * at) + 3] = 255;
            }
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
