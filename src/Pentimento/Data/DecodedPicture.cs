namespace Pentimento.Data;

/// <summary>A picture in memory, as large as its file says and upright.</summary>
/// <param name="Pixels">uint8 (H, W, C).</param>
/// <param name="Shape">Height, width and channels: 1 for grey, 3 for RGB.</param>
internal sealed record DecodedPicture(byte[] Pixels, ImageShape Shape)
{
    /// <summary>The picture with so many channels: grey is repeated; of colours that are wanted grey, the red stays.</summary>
    public DecodedPicture With(int channels)
    {
        if (channels == Shape.Channels) return this;
        var changed = new byte[Shape.Height * Shape.Width * channels];
        for (var at = 0; at < changed.Length; at++) changed[at] = Pixels[at / channels * Shape.Channels];
        return new(changed, Shape with { Channels = channels });
    }

    /// <summary>The picture turned and mirrored as Exif's orientation says.</summary>
    /// <param name="orientation">1 to 8, as in the Exif standard (JEITA CP-3451); anything else is 1.</param>
    public DecodedPicture Upright(int orientation)
    {
        if (orientation is <= 1 or > 8) return this;
        var (height, width, size) = (Shape.Height, Shape.Width, Shape.Channels);
        var turned = orientation >= 5 ? Shape with { Height = width, Width = height } : Shape;
        var pixels = new byte[Pixels.Length];
        for (var row = 0; row < turned.Height; row++)
        {
            for (var column = 0; column < turned.Width; column++)
            {
                var (y, x) = orientation switch
                {
                    2 => (row, width - 1 - column),
                    3 => (height - 1 - row, width - 1 - column),
                    4 => (height - 1 - row, column),
                    5 => (column, row),
                    6 => (height - 1 - column, row),
                    7 => (height - 1 - column, width - 1 - row),
                    _ => (column, width - 1 - row),
                };
                Pixels.AsSpan(((y * width) + x) * size, size).CopyTo(pixels.AsSpan(((row * turned.Width) + column) * size));
            }
        }

        return new(pixels, turned);
    }

    /// <summary>The shape of a picture that is stored turned.</summary>
    public static ImageShape Upright(ImageShape stored, int orientation) =>
        orientation is >= 5 and <= 8 ? stored with { Height = stored.Width, Width = stored.Height } : stored;
}
