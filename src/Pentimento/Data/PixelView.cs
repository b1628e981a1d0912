namespace Pentimento.Data;

/// <summary>A picture in memory that is somebody else's, row after row.</summary>
/// <param name="pixels">uint8 (H, W, <paramref name="step"/>).</param>
/// <param name="shape">Height, width and channels.</param>
/// <param name="step">Bytes from pixel to pixel: the channels, or four where a colour has a fourth byte that counts for nothing.</param>
internal readonly ref struct PixelView(ReadOnlySpan<byte> pixels, ImageShape shape, int step)
{
    /// <summary>A picture of one's own.</summary>
    public PixelView(DecodedPicture picture)
        : this(picture.Pixels, picture.Shape, picture.Shape.Channels)
    {
    }

    /// <summary>Height, width and channels.</summary>
    public ImageShape Shape => shape;

    /// <summary>Bytes from pixel to pixel.</summary>
    public int Step => step;

    /// <summary>The pixels of a row, uint8 (W, <see cref="Step"/>).</summary>
    public ReadOnlySpan<byte> Row(int row) => Pixels.Slice(row * shape.Width * step, shape.Width * step);

    private ReadOnlySpan<byte> Pixels { get; } = pixels;

    /// <summary>A copy of a part, without bytes that count for nothing.</summary>
    /// <param name="top">The first row.</param>
    /// <param name="left">The first column.</param>
    /// <param name="size">Its height and width.</param>
    public DecodedPicture Part(int top, int left, PictureSize size)
    {
        var part = shape with { Height = size.Height, Width = size.Width };
        var (copy, line) = (GC.AllocateUninitializedArray<byte>(part.Size), part.Width * part.Channels);
        for (var row = 0; row < part.Height; row++)
        {
            var source = Row(top + row).Slice(left * step, part.Width * step);
            var target = copy.AsSpan(row * line, line);
            if (step == part.Channels) source.CopyTo(target);
            else Packing.DropFourth(source, target);
        }

        return new(copy, part);
    }
}
