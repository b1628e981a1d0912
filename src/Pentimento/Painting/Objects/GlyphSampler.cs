namespace Pentimento.Painting.Objects;

/// <summary>Reads an emoji at the pixels of an image that it stands in, scaled, moved and mirrored.</summary>
/// <param name="pixels">uint8 (H, W, 4), the colour not multiplied by the alpha.</param>
/// <param name="box">The place of the emoji.</param>
internal readonly ref struct GlyphSampler(ReadOnlySpan<byte> pixels, GlyphBox box)
{
    private const int Side = ObjectAtlas.Side;
    private readonly ReadOnlySpan<byte> pixels = pixels;

    /// <summary>The rows that the emoji may reach.</summary>
    public Range Rows => Reached(box.Top);

    /// <summary>The columns that the emoji may reach.</summary>
    public Range Columns => Reached(box.Left);

    /// <summary>The colour at a pixel, bilinear between the emoji's pixels, each multiplied by its alpha; everything is 0..255.</summary>
    public (double Red, double Green, double Blue, double Alpha) At(int row, int column)
    {
        var vertical = ((row + 0.5 - box.Top) / box.Scale) - 0.5;
        var horizontal = ((column + 0.5 - box.Left) / box.Scale) - 0.5;
        if (box.IsMirrored) horizontal = Side - 1 - horizontal;
        var (top, left) = ((int)Math.Floor(vertical), (int)Math.Floor(horizontal));
        var (down, right) = (vertical - top, horizontal - left);
        var sum = default((double Red, double Green, double Blue, double Alpha));
        Add(ref sum, top, left, (1 - down) * (1 - right));
        Add(ref sum, top, left + 1, (1 - down) * right);
        Add(ref sum, top + 1, left, down * (1 - right));
        Add(ref sum, top + 1, left + 1, down * right);
        return sum;
    }

    private Range Reached(double start) =>
        Math.Max(0, (int)Math.Floor(start) - 1)..Math.Min(Side, (int)Math.Ceiling(start + (box.Scale * Side)) + 1);

    private void Add(ref (double Red, double Green, double Blue, double Alpha) sum, int row, int column, double weight)
    {
        if (row is < 0 or >= Side || column is < 0 or >= Side) return;
        var pixel = pixels.Slice(((row * Side) + column) * 4, 4);
        if (pixel[3] == 0) return;
        var part = weight * pixel[3];
        sum.Red += part * pixel[0] / 255;
        sum.Green += part * pixel[1] / 255;
        sum.Blue += part * pixel[2] / 255;
        sum.Alpha += part;
    }
}
