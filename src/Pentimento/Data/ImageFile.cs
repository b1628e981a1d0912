using SkiaSharp;

namespace Pentimento.Data;

/// <summary>Pictures in PNG, JPEG and their like, in and out of bytes.</summary>
internal static class ImageFile
{
    private const long LargestPicture = 50_000_000;

    // Shrinking by steps of two first, so that every pixel counts; a picture of the right size stays as it is.
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Reads size and channels without decoding.</summary>
    /// <exception cref="BadInputException">It is not a picture, or claims more pixels than any sensible one.</exception>
    public static ImageShape ShapeOf(string file)
    {
        using var codec = Open(file);
        return new(codec.Info.Height, codec.Info.Width, codec.Info.ColorType == SKColorType.Gray8 ? 1 : 3);
    }

    /// <summary>Decodes a picture into uint8 (H, W, C), transparency over black, scaled where it is of another size.</summary>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static void Read(string file, ImageShape shape, Span<byte> pixels)
    {
        using var codec = Open(file);
        using var bitmap = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        Require.That(result == SKCodecResult.Success, $"{file} is a damaged picture ({result}).");

        using var scaled = bitmap.Resize(new SKImageInfo(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Premul), Smooth);
        var decoded = scaled.GetPixelSpan();
        for (var at = 0; at < pixels.Length; at++) pixels[at] = decoded[(at / shape.Channels * 4) + (at % shape.Channels)];
    }

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

    private static SKCodec Open(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        var codec = SKCodec.Create(file) ?? throw new BadInputException($"{file} is not a picture that can be read.");
        var pixels = (long)codec.Info.Width * codec.Info.Height;
        if (pixels is > 0 and <= LargestPicture) return codec;
        codec.Dispose();
        throw new BadInputException($"{file} claims {pixels:N0} pixels; at most {LargestPicture:N0} are read.");
    }
}
