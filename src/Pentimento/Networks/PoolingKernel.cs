using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>The loops of <see cref="RectifiedPooling"/>, images divided among libtorch's number of threads.</summary>
internal static unsafe class PoolingKernel
{
    private static int Width => Vector<float>.Count;

    /// <summary>Of how many channels there must be a multiple: two vectors of floats, and as many of bfloat16 in one.</summary>
    public static int Lanes => 2 * Width;

    /// <summary>max(0, the maximum of each 2x2 square + shift).</summary>
    /// <param name="maps">float32 or bfloat16 (N, C, H, W), channels-last.</param>
    /// <param name="shift">float32 (C), or null.</param>
    /// <param name="places">int32 (N, H/2, W/2, C), is filled: which of the four is the maximum, or -1 where the answer is 0; null to know none.
    /// </param>
    public static Tensor Maxima(Tensor maps, Tensor? shift, Tensor? places)
    {
        var size = new Extent(maps.shape);
        var pooled = empty([size.Images, size.Rows, size.Columns, size.Channels], maps.dtype);
        var shifts = (shift ?? zeros(size.Channels)).contiguous();
        var (from, to, with, where) = (Address(maps.permute(0, 2, 3, 1)), Address(pooled), Address(shifts), places is null ? 0 : Address(places));
        var isHalf = maps.dtype == ScalarType.BFloat16;
        size.Each((image, _) =>
        {
            for (var row = 0; row < size.Rows; row++)
            {
                var (read, write) = (size.Square(image, row), size.Pooled(image, row));
                if (isHalf) RowOfMaxima<BFloat>(from, read, to, write, with, where, size);
                else RowOfMaxima<Float>(from, read, to, write, with, where, size);
            }
        });
        GC.KeepAlive(maps);
        GC.KeepAlive(shifts);
        GC.KeepAlive(places);
        return pooled.permute(0, 3, 1, 2);
    }

    /// <summary>Puts the gradient of pooled maps where the maxima were, and sums it up for the shift.</summary>
    /// <param name="gradient">(N, C, H/2, W/2).</param>
    /// <param name="places">int32 (N, H/2, W/2, C), of <see cref="Maxima"/>.</param>
    /// <param name="shape">(N, C, H, W), of the maps.</param>
    /// <param name="hasShift">Whether the shift's is wanted.</param>
    public static (Tensor Maps, Tensor? Shift) Spread(Tensor gradient, Tensor places, long[] shape, bool hasShift)
    {
        var size = new Extent(shape);
        var given = gradient.permute(0, 2, 3, 1).contiguous();
        long[] lying = [shape[0], shape[2], shape[3], shape[1]];
        // A last row or column without a partner belongs to no square.
        var maps = shape[2] % 2 == 0 && shape[3] % 2 == 0 ? empty(lying, given.dtype) : zeros(lying, given.dtype);
        var sums = zeros([size.Parts, size.Channels], ScalarType.Float64);
        var (from, to, where, total) = (Address(given), Address(maps), Address(places), Address(sums));
        var isHalf = given.dtype == ScalarType.BFloat16;
        size.Each((image, part) =>
        {
            var sum = hasShift ? new float[size.Channels] : [];
            fixed (float* added = sum)
            {
                for (var row = 0; row < size.Rows; row++)
                {
                    var (write, read) = (size.Square(image, row), size.Pooled(image, row));
                    if (isHalf) RowOfGradient<BFloat>(from, read, to, write, where, added, size);
                    else RowOfGradient<Float>(from, read, to, write, where, added, size);
                }
            }

            var its = (double*)total + (part * size.Channels);
            for (var channel = 0; channel < sum.Length; channel++) its[channel] += sum[channel];
        });
        GC.KeepAlive(given);
        GC.KeepAlive(places);
        return (maps.permute(0, 3, 1, 2), hasShift ? sums.sum([0L]).to_type(ScalarType.Float32) : null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowOfMaxima<T>(nint from, long read, nint to, long write, nint shifts, nint places, Extent size)
        where T : INumbers
    {
        for (var column = 0; column < size.Columns; column++, read += 2 * size.Channels, write += size.Channels)
        {
            for (var channel = 0L; channel < size.Channels; channel += Lanes)
            {
                var (low, high) = T.Load(from, read + channel);
                var (lowPlace, highPlace) = (Vector<int>.Zero, Vector<int>.Zero);
                for (var place = 1; place < 4; place++)
                {
                    var (nextLow, nextHigh) = T.Load(from, read + channel + size.Offset(place));
                    Take(ref low, ref lowPlace, nextLow, place);
                    Take(ref high, ref highPlace, nextHigh, place);
                }

                low = Rectify(low + Vector.Load((float*)shifts + channel), ref lowPlace);
                high = Rectify(high + Vector.Load((float*)shifts + channel + Width), ref highPlace);
                T.Store(to, write + channel, low, high);
                if (places == 0) continue;
                lowPlace.Store((int*)places + write + channel);
                highPlace.Store((int*)places + write + channel + Width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowOfGradient<T>(nint from, long read, nint to, long write, nint places, float* sums, Extent size)
        where T : INumbers
    {
        for (var column = 0; column < size.Columns; column++, read += size.Channels, write += 2 * size.Channels)
        {
            for (var channel = 0L; channel < size.Channels; channel += Lanes)
            {
                var (low, high) = T.Load(from, read + channel);
                var (lowPlace, highPlace) = (Vector.Load((int*)places + read + channel), Vector.Load((int*)places + read + channel + Width));
                for (var place = 0; place < 4; place++)
                    T.Store(to, write + channel + size.Offset(place), Where(lowPlace, place, low), Where(highPlace, place, high));
                if (sums is null) continue;
                (Vector.Load(sums + channel) + Learned(lowPlace, low)).Store(sums + channel);
                (Vector.Load(sums + channel + Width) + Learned(highPlace, high)).Store(sums + channel + Width);
            }
        }
    }

    /// <summary>Takes the larger, or what is not a number; of equal ones the first stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ref Vector<float> maximum, ref Vector<int> place, Vector<float> next, int at)
    {
        var larger = Vector.GreaterThan(next, maximum) | ~Vector.Equals(next, next);
        maximum = Vector.ConditionalSelect(larger, next, maximum);
        place = Vector.ConditionalSelect(larger, new Vector<int>(at), place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Rectify(Vector<float> maximum, ref Vector<int> place)
    {
        var off = Vector.LessThanOrEqual(maximum, Vector<float>.Zero);
        place = Vector.ConditionalSelect(off, new Vector<int>(-1), place);
        return Vector.ConditionalSelect(off, Vector<float>.Zero, maximum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Where(Vector<int> place, int at, Vector<float> gradient) =>
        Vector.ConditionalSelect(Vector.AsVectorSingle(Vector.Equals(place, new Vector<int>(at))), gradient, Vector<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Learned(Vector<int> place, Vector<float> gradient) =>
        Vector.ConditionalSelect(Vector.AsVectorSingle(Vector.GreaterThanOrEqual(place, Vector<int>.Zero)), gradient, Vector<float>.Zero);

    /// <summary>Where a tensor's numbers lie; it must outlive what is done with the address.</summary>
    private static nint Address(Tensor tensor)
    {
        fixed (byte* first = tensor.bytes) return (nint)first;
    }

    /// <summary>How maps and pooled maps lie.</summary>
    private sealed class Extent(long[] shape)
    {
        public readonly long Images = shape[0], Channels = shape[1], Rows = shape[2] / 2, Columns = shape[3] / 2;
        private readonly long height = shape[2], width = shape[3];

        /// <summary>Into how many parts the images are divided, each for one thread.</summary>
        public int Parts { get; } = (int)Math.Clamp(shape[0], 1, get_num_threads());

        public long Square(long image, long row) => ((image * height) + (2 * row)) * width * Channels;

        public long Pooled(long image, long row) => ((image * Rows) + row) * Columns * Channels;

        public long Offset(int place) => (((place >> 1) * width) + (place & 1)) * Channels;

        public void Each(Action<long, int> work)
        {
            void Part(int part)
            {
                for (var image = Images * part / Parts; image < Images * (part + 1) / Parts; image++) work(image, part);
            }

            if (Parts == 1) Part(0);
            else Parallel.For(0, Parts, new() { MaxDegreeOfParallelism = Parts }, Part);
        }
    }

    /// <summary>How numbers are read and written, two vectors at a time.</summary>
    private interface INumbers
    {
        static abstract (Vector<float> Low, Vector<float> High) Load(nint numbers, long at);

        static abstract void Store(nint numbers, long at, Vector<float> low, Vector<float> high);
    }

    private readonly struct Float : INumbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector<float> Low, Vector<float> High) Load(nint numbers, long at) =>
            (Vector.Load((float*)numbers + at), Vector.Load((float*)numbers + at + Width));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(nint numbers, long at, Vector<float> low, Vector<float> high)
        {
            low.Store((float*)numbers + at);
            high.Store((float*)numbers + at + Width);
        }
    }

    /// <summary>The upper half of a float.</summary>
    private readonly struct BFloat : INumbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector<float> Low, Vector<float> High) Load(nint numbers, long at)
        {
            Vector.Widen(Vector.Load((ushort*)numbers + at), out var low, out var high);
            return (Vector.AsVectorSingle(low << 16), Vector.AsVectorSingle(high << 16));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(nint numbers, long at, Vector<float> low, Vector<float> high) =>
            Vector.Narrow(Upper(low), Upper(high)).Store((ushort*)numbers + at);

        // To the nearest, of two as near to the even one.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<uint> Upper(Vector<float> number)
        {
            var bits = Vector.AsVectorUInt32(number);
            return (bits + new Vector<uint>(0x7FFF) + ((bits >>> 16) & Vector<uint>.One)) >>> 16;
        }
    }
}
