using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pentimento.Data;

namespace Pentimento.Painting;

/// <summary>A lookup table of every shade of every color of a palette.</summary>
/// <param name="palette">The colors.</param>
internal sealed class ShadeTable(Palette palette)
{
    private const int Shades = 256;
    private readonly uint[] shades = [.. Enumerable.Range(0, ImageSet.White + 1).SelectMany(color => ShadesOf(palette[color]))];

    /// <summary>Colors a gray image: gray / 255 times the color, rounded to the nearest.</summary>
    /// <param name="image">uint8 (H, W, 3), written whole.</param>
    /// <param name="grey">uint8 (H, W).</param>
    /// <param name="color">The palette index.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Paint(Span<byte> image, ReadOnlySpan<byte> grey, long color)
    {
        image.Clear();
        var tint = shades.AsSpan((int)color * Shades, Shades);
        var pixel = 0;
        for (; pixel < grey.Length - Vector256<byte>.Count; pixel += Vector256<byte>.Count)
        {
            // Most of a digit's frame is black and needs no more than a look.
            var foreground = ~Vector256.Equals(Vector256.Create(grey[pixel..]), Vector256<byte>.Zero).ExtractMostSignificantBits();
            for (; foreground != 0; foreground &= foreground - 1)
            {
                var at = pixel + System.Numerics.BitOperations.TrailingZeroCount(foreground);
                // The fourth byte belongs to the next pixel, which is black or still to come.
                MemoryMarshal.Write(image[(3 * at)..], tint[grey[at]]);
            }
        }

        for (; pixel < grey.Length; pixel++) SetPixel(image.Slice(3 * pixel, 3), tint[grey[pixel]]);
    }

    private static void SetPixel(Span<byte> pixel, uint shade) =>
        (pixel[0], pixel[1], pixel[2]) = ((byte)shade, (byte)(shade >> 8), (byte)(shade >> 16));

    private static IEnumerable<uint> ShadesOf(Rgb color) =>
        Enumerable.Range(0, Shades).Select(light => Shade(light, color.Red) | (Shade(light, color.Green) << 8) | (Shade(light, color.Blue) << 16));

    /// <summary>a * b / 255 rounded to the nearest: a tie cannot happen, 255 being odd.</summary>
    private static uint Shade(int light, byte channel) => (uint)(((light * channel) + 127) / 255);
}
