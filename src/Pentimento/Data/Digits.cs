using System.Reflection;
using System.Security.Cryptography;

namespace Pentimento.Data;

/// <summary>Grey images with labels: what colour is painted on.</summary>
/// <param name="Source">Where they come from, with a checksum, for metadata.</param>
/// <param name="Pixels">uint8 (N, H, W), 0 is background.</param>
/// <param name="Labels">int64 (N).</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record Digits(string Source, ReadOnlyMemory<byte> Pixels, long[] Labels, int Height, int Width)
{
    /// <summary>How many images there are.</summary>
    public int Count => Labels.Length;

    /// <summary>The pixels of one image, uint8 (H, W).</summary>
    public ReadOnlySpan<byte> Of(int index) => Pixels.Span.Slice(index * Height * Width, Height * Width);

    /// <summary>Neighbouring images, sharing this set's pixels.</summary>
    public Digits Part(int from, int to) => this with { Pixels = Pixels[(from * Height * Width)..(to * Height * Width)], Labels = Labels[from..to] };

    /// <summary>The images at these places, in this order.</summary>
    internal Digits Pick(IReadOnlyList<int> places)
    {
        var picked = new byte[places.Count * (long)(Height * Width)];
        for (var at = 0; at < places.Count; at++) Of(places[at]).CopyTo(picked.AsSpan(at * Height * Width));
        return this with { Pixels = picked, Labels = [.. places.Select(place => Labels[place])] };
    }

    /// <summary>The same images with rows and columns exchanged.</summary>
    internal Digits Transposed()
    {
        var turned = new byte[Pixels.Length];
        for (var at = 0; at < Count; at++)
        {
            var from = Of(at);
            var start = at * Height * Width;
            for (var row = 0; row < Height; row++)
            {
                for (var column = 0; column < Width; column++) turned[start + (column * Height) + row] = from[(row * Width) + column];
            }
        }

        return this with { Pixels = turned, Height = Width, Width = Height };
    }

    /// <summary>MNIST as it comes with this software: 60,000 training or 10,000 test digits of 28x28.</summary>
    /// <remarks>LeCun, Bottou, Bengio and Haffner, 1998, "Gradient-based learning applied to document recognition".</remarks>
    public static Digits Mnist(Split split)
    {
        var prefix = split == Split.Train ? "train" : "t10k";
        var (images, imageSum) = Embedded($"{prefix}-images-idx3-ubyte");
        var (labels, _) = Embedded($"{prefix}-labels-idx1-ubyte");
        return From($"MNIST ({imageSum[..12]})", images, labels);
    }

    /// <summary>Joins an IDX file of images with one of labels.</summary>
    /// <exception cref="BadInputException">Their shapes do not fit together.</exception>
    public static Digits From(string source, IdxArray images, IdxArray labels)
    {
        Require.That(images.Shape.Count == 3, $"{source}: the images have {images.Shape.Count} dimensions, expected 3.");
        Require.That(labels.Shape.Count == 1, $"{source}: the labels have {labels.Shape.Count} dimensions, expected 1.");
        Require.That(images.Shape[0] == labels.Shape[0], $"{source}: {images.Shape[0]} images but {labels.Shape[0]} labels.");
        Require.That(images.Bytes.Length > 0, $"{source} holds no image with a pixel: {string.Join("x", images.Shape)}.");
        return new(source, images.Bytes, Array.ConvertAll(labels.Bytes, label => (long)label), images.Shape[1], images.Shape[2]);
    }

    private static (IdxArray Array, string Sum) Embedded(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var sums = new StreamReader(assembly.GetManifestResourceStream("mnist/SHA256SUMS")!);
        using var packed = assembly.GetManifestResourceStream($"mnist/{name}.gz")!;
        var expected = sums.ReadToEnd().Split('\n').First(line => line.EndsWith(name, StringComparison.Ordinal)).Split(' ')[0];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var array = Idx.Read(packed, $"{name}.gz", hash);
        var sum = Convert.ToHexStringLower(hash.GetHashAndReset());
        Require.That(sum == expected, $"The embedded {name} has checksum {sum}, expected {expected}.");
        return (array, sum);
    }
}

/// <summary>The parts of a dataset.</summary>
internal enum Split
{
    /// <summary>What networks learn from.</summary>
    Train,

    /// <summary>What they are judged on.</summary>
    Test,

    /// <summary>What chooses among them while they learn; painted sets have none.</summary>
    Val,
}
