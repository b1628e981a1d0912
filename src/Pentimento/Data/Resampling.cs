using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pentimento.Data;

/// <summary>Scaling by a triangle filter as wide as the step, so that every pixel counts: first the rows, then the columns, each rounded to
/// bytes.</summary>
/// <remarks>Bilinear filtering as Pillow does it, to the last bit; torchvision's default, and its antialiased one for tensors.</remarks>
internal static class Resampling
{
    /// <summary>Scales a picture and takes a part of it; only what the part needs is computed.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="scaled">The height and width that the whole of it would have.</param>
    /// <param name="top">The first row of the part.</param>
    /// <param name="left">The first column of the part.</param>
    /// <param name="part">The part's height and width.</param>
    public static DecodedPicture Of(PixelView picture, PictureSize scaled, int top, int left, PictureSize part)
    {
        var shape = picture.Shape;
        if ((shape.Height, shape.Width) == (scaled.Height, scaled.Width)) return picture.Part(top, left, part);
        var down = Taps.Of(shape.Height, scaled.Height, top, part.Height);
        var across = Taps.Of(shape.Width, scaled.Width, left, part.Width);
        var line = part.Width * shape.Channels;
        var size = (long)down.Count * line;
        Require.That(size <= Array.MaxLength, $"A picture of {shape} is too long to be scaled to {part}.");
        // Only the rows that make the next one, each at its number's remainder: sums of whole numbers have no order.
        var narrowed = ArrayPool<byte>.Shared.Rent((int)size);
        var (weights, pixels, next) = (new int[down.Count], GC.AllocateUninitializedArray<byte>(part.Height * line), 0);
        for (var row = 0; row < part.Height; row++)
        {
            for (next = Math.Max(next, down.First[row]); next < down.First[row] + down.Count; next++)
                Row(picture, next, narrowed.AsSpan(next % down.Count * line, line), across);
            for (var tap = 0; tap < down.Count; tap++) weights[(down.First[row] + tap) % down.Count] = down.Weights[(row * down.Count) + tap];
            Column(narrowed.AsSpan(0, (int)size), weights, pixels.AsSpan(row * line, line));
        }

        ArrayPool<byte>.Shared.Return(narrowed);
        return new(pixels, shape with { Height = part.Height, Width = part.Width });
    }

    private static void Row(PixelView picture, int row, Span<byte> target, Taps taps)
    {
        // Of three bytes a pixel the picture's very last cannot be read with a fourth.
        if (picture.Step == 4) Row(picture.Row(row), target, taps);
        else Row(picture.Row(row), target, taps, picture.Step);
    }

    /// <summary>Scales a row of pixels of four bytes, of which three count, one pixel at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(ReadOnlySpan<byte> source, Span<byte> target, Taps taps)
    {
        var spread = Vector128.Create((byte)0, 255, 255, 255, 1, 255, 255, 255, 2, 255, 255, 255, 3, 255, 255, 255);
        var gather = Vector128.Create((byte)0, 4, 8, 12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);
        var (first, count, last) = (taps.First, taps.Count, taps.First.Length - 1);
        ref var pixels = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, uint>(source));
        ref var weights = ref MemoryMarshal.GetArrayDataReference(taps.Weights);
        ref var write = ref MemoryMarshal.GetReference(target);
        for (var column = 0; column <= last; column++)
        {
            var sum = Vector128.Create(Taps.Rounding);
            ref var pixel = ref Unsafe.Add(ref pixels, first[column]);
            for (var tap = 0; tap < count; tap++)
            {
                var channels = Vector128.Shuffle(Vector128.CreateScalar(Unsafe.Add(ref pixel, tap)).AsByte(), spread).AsInt32();
                sum += channels * Vector128.Create(Unsafe.Add(ref weights, tap));
            }

            weights = ref Unsafe.Add(ref weights, count);
            var rounded = Vector128.Shuffle(Vector128.Min(sum >> Taps.Bits, Vector128.Create(255)).AsByte(), gather).AsUInt32().ToScalar();
            // The fourth byte is written over by the next pixel; the last has none.
            if (column < last) Unsafe.WriteUnaligned(ref Unsafe.Add(ref write, 3 * column), rounded);
            else for (var channel = 0; channel < 3; channel++) target[(3 * column) + channel] = (byte)(rounded >> (8 * channel));
        }
    }

    /// <summary>Scales a row of pixels of any size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(ReadOnlySpan<byte> source, Span<byte> target, Taps taps, int channels)
    {
        for (var column = 0; column < taps.First.Length; column++)
        {
            var weights = taps.Weights.AsSpan(column * taps.Count, taps.Count);
            for (var channel = 0; channel < channels; channel++)
            {
                var (sum, at) = (Taps.Rounding, (taps.First[column] * channels) + channel);
                foreach (var weight in weights)
                {
                    sum += weight * source[at];
                    at += channels;
                }

                target[(column * channels) + channel] = (byte)Math.Min(sum >> Taps.Bits, 255);
            }
        }
    }

    /// <summary>Makes one row of several, 32 bytes at a time.</summary>
    /// <param name="source">The rows, one after the other.</param>
    /// <param name="weights">The weight of each.</param>
    /// <param name="target">The row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(ReadOnlySpan<byte> source, ReadOnlySpan<int> weights, Span<byte> target)
    {
        var at = 0;
        for (; at + Vector256<byte>.Count <= target.Length; at += Vector256<byte>.Count)
        {
            var (a, b) = (Vector256.Create(Taps.Rounding), Vector256.Create(Taps.Rounding));
            var (c, d) = (a, b);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var weight = Vector256.Create(weights[tap]);
                var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)((tap * target.Length) + at));
                var (low, high) = Vector256.Widen(bytes);
                var (first, second) = Vector256.Widen(low);
                var (third, fourth) = Vector256.Widen(high);
                a += first.AsInt32() * weight;
                b += second.AsInt32() * weight;
                c += third.AsInt32() * weight;
                d += fourth.AsInt32() * weight;
            }

            // Saturating, so that what rounds to more than 255 is 255.
            var front = Vector256.NarrowWithSaturation((a >> Taps.Bits).AsUInt32(), (b >> Taps.Bits).AsUInt32());
            var back = Vector256.NarrowWithSaturation((c >> Taps.Bits).AsUInt32(), (d >> Taps.Bits).AsUInt32());
            Vector256.NarrowWithSaturation(front, back).StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)at);
        }

        for (; at < target.Length; at++)
        {
            var sum = Taps.Rounding;
            for (var tap = 0; tap < weights.Length; tap++) sum += weights[tap] * source[(tap * target.Length) + at];
            target[at] = (byte)Math.Min(sum >> Taps.Bits, 255);
        }
    }
}
