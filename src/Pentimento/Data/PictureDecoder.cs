using System.Buffers;
using SkiaSharp;

namespace Pentimento.Data;

/// <summary>
/// Decodes pictures as Pillow does with <c>exif_transpose</c> and <c>convert("RGB")</c>: upright, transparency and colour profiles left aside, of
/// animations the first frame, of 16 bits the upper eight (of grey those up to 255).
/// </summary>
internal static class PictureDecoder
{
    private const long LargestPicture = 50_000_000;
    private const int HeaderBytes = 32;

    // An empty page of one bit a pixel: DEFLATE (RFC 1951) makes at most 1,032 bytes of one, 8,256 pixels; the double is left for other formats.
    private const int MostPixelsOfByte = 1 << 14;

    /// <summary>The endings of pictures, as torchvision's ImageFolder knows them, and .gif.</summary>
    public static IReadOnlyList<string> Endings { get; } =
        [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif", ".tif", ".tiff", ".ppm", ".pgm"];

    /// <summary>Reads size and channels without decoding: 1 channel for grey pictures, else 3.</summary>
    /// <exception cref="BadInputException">It is not a picture, or claims more pixels than any sensible one.</exception>
    public static ImageShape ShapeOf(string file)
    {
        var beginning = HeaderOf(file);
        if (TiffDecoder.Knows(beginning)) return TiffDecoder.ShapeOf(File.ReadAllBytes(file), file);
        if (NetpbmDecoder.Knows(beginning)) return NetpbmDecoder.ShapeOf(File.ReadAllBytes(file), file);
        using var codec = Checked(SKCodec.Create(file), file);
        using var stream = File.OpenRead(file);
        return DecodedPicture.Upright(
            new(codec.Info.Height, codec.Info.Width, codec.Info.ColorType == SKColorType.Gray8 ? 1 : 3), OrientationOf(codec, stream));
    }

    /// <summary>Decodes a picture, upright.</summary>
    /// <param name="file">The picture.</param>
    /// <param name="scale">How it is scaled; null for its own size.</param>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static DecodedPicture Decode(string file, PictureScale? scale = null)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        var content = File.ReadAllBytes(file);
        return Others(content, file) is not { } decoded ? WithSkia(content, file, scale) : scale is null ? decoded : scale.Of(decoded);
    }

    /// <summary>How opaque each pixel is, grey and upright; null where the picture has no transparency.</summary>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static DecodedPicture? AlphaOf(string file)
    {
        var content = File.ReadAllBytes(file);
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.Info.AlphaType == SKAlphaType.Opaque) return null;
        CheckSize(file, codec.Info.Width, codec.Info.Height);
        using var bitmap = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Unpremul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        Require.That(result == SKCodecResult.Success, $"{file} is a damaged picture ({result}).");
        var stored = bitmap.GetPixelSpan();
        var alpha = new byte[bitmap.Height * bitmap.Width];
        for (var at = 0; at < alpha.Length; at++) alpha[at] = stored[(at / bitmap.Width * bitmap.RowBytes) + (at % bitmap.Width * 4) + 3];
        return new DecodedPicture(alpha, new(bitmap.Height, bitmap.Width, 1)).Upright(OrientationOf(codec, new MemoryStream(content)));
    }

    /// <summary>Passes only for sizes that are sensible.</summary>
    /// <exception cref="BadInputException">There are no pixels, or too many.</exception>
    internal static void CheckSize(string file, long width, long height) => Require.That(
        width > 0 && height > 0 && width <= LargestPicture && height <= LargestPicture && width * height <= LargestPicture,
        $"{file} claims {width:N0}x{height:N0} pixels; at most {LargestPicture:N0} are read.");

    /// <summary>Passes only if so few bytes can hold so much: a header alone must not take the machine's memory.</summary>
    /// <param name="file">The picture's file.</param>
    /// <param name="unpacked">What the header claims.</param>
    /// <param name="packed">The file's bytes.</param>
    /// <param name="most">How much one byte holds at most in this format.</param>
    /// <exception cref="BadInputException">They cannot.</exception>
    internal static void CheckPacked(string file, long unpacked, long packed, int most) =>
        Require.That(unpacked <= packed * most, $"{file} is a damaged picture: {packed:N0} bytes do not hold the pixels that it claims.");

    /// <summary>The picture if it is of a kind that is decoded here.</summary>
    private static DecodedPicture? Others(byte[] content, string file)
    {
        if (TiffDecoder.Knows(content)) return TiffDecoder.Decode(content, file);
        if (NetpbmDecoder.Knows(content)) return NetpbmDecoder.Decode(content, file);
        if (GifDecoder.Knows(content)) return GifDecoder.Decode(content, file);
        if (!DeepGreyPng.Knows(content)) return null;
        return DeepGreyPng.Decode(content, file).Upright(Exif.OrientationOfPng(new MemoryStream(content)));
    }

    private static unsafe DecodedPicture WithSkia(byte[] content, string file, PictureScale? scale)
    {
        fixed (byte* start = content)
        {
            using var data = SKData.Create((nint)start, content.Length);
            using var codec = Checked(SKCodec.Create(data), file);
            CheckPacked(file, (long)codec.Info.Width * codec.Info.Height, content.Length, MostPixelsOfByte);
            var grey = codec.Info.ColorType == SKColorType.Gray8;
            // The picture's own colour space, so that nothing is converted; unmultiplied, so that transparent colours stay.
            var info = codec.Info.WithColorType(grey ? SKColorType.Gray8 : SKColorType.Rgba8888)
                .WithAlphaType(grey ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
            // Large pictures would be the collector's work, one after the other.
            var buffer = ArrayPool<byte>.Shared.Rent(info.BytesSize);
            SKCodecResult result;
            fixed (byte* pixels = buffer) result = codec.GetPixels(info, (nint)pixels);
            Require.That(result == SKCodecResult.Success, $"{file} is a damaged picture ({result}).");
            var view = new PixelView(buffer, new(info.Height, info.Width, grey ? 1 : 3), info.BytesPerPixel);
            var decoded = Upright(view, OrientationOf(codec, new MemoryStream(content)), scale);
            ArrayPool<byte>.Shared.Return(buffer);
            return decoded;
        }
    }

    private static DecodedPicture Upright(PixelView stored, int orientation, PictureScale? scale)
    {
        if (orientation is <= 1 or > 8 && scale is not null) return scale.Of(stored);
        var upright = stored.Part(0, 0, new(stored.Shape.Height, stored.Shape.Width)).Upright(orientation);
        return scale is null ? upright : scale.Of(upright);
    }

    private static int OrientationOf(SKCodec codec, Stream content) =>
        codec.EncodedFormat == SKEncodedImageFormat.Png ? Exif.OrientationOfPng(content) : (int)codec.EncodedOrigin;

    private static byte[] HeaderOf(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        using var stream = File.OpenRead(file);
        var bytes = new byte[HeaderBytes];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static SKCodec Checked(SKCodec? codec, string file)
    {
        if (codec is null) throw new BadInputException($"{file} is not a picture that can be read.");
        try
        {
            CheckSize(file, codec.Info.Width, codec.Info.Height);
            return codec;
        }
        catch (BadInputException)
        {
            codec.Dispose();
            throw;
        }
    }
}
