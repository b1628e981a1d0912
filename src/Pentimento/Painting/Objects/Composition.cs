namespace Pentimento.Painting.Objects;

/// <summary>How one image is put together.</summary>
/// <param name="Glyph">The number of its emoji.</param>
/// <param name="Ground">0 where its ground is green, 1 where it is blue.</param>
/// <param name="Pictures">The pictures that its ground may be.</param>
/// <param name="Box">The place of the emoji.</param>
/// <param name="IsGroundMirrored">Whether left and right of the ground are exchanged.</param>
/// <param name="IsRedrawn">Whether the ground is the second picture of its kind.</param>
internal readonly record struct Composition(
    int Glyph, long Ground, GroundPictures Pictures, GlyphBox Box, bool IsGroundMirrored, bool IsRedrawn = false)
{
    /// <summary>The number of the picture that is its ground.</summary>
    public int Picture
    {
        get
        {
            var (first, second) = Ground == 0 ? Pictures.Green : Pictures.Blue;
            return IsRedrawn ? second : first;
        }
    }

    /// <summary>The same object on a ground of choice.</summary>
    public Composition On(GroundChoice choice) => choice switch
    {
        GroundChoice.Green => this with { Ground = 0 },
        GroundChoice.Blue => this with { Ground = 1 },
        GroundChoice.Swapped => this with { Ground = 1 - Ground },
        GroundChoice.Redrawn => this with { IsRedrawn = true },
        _ => this,
    };
}

/// <summary>The numbers of the pictures that an image's ground may be, two different ones of each kind.</summary>
/// <param name="Green">Where it is green.</param>
/// <param name="Blue">Where it is blue.</param>
internal readonly record struct GroundPictures((int First, int Second) Green, (int First, int Second) Blue);

/// <summary>The place of an emoji in its image.</summary>
/// <param name="Top">The upper edge, in pixels.</param>
/// <param name="Left">The left edge, in pixels.</param>
/// <param name="Scale">The emoji's side as a share of the image's.</param>
/// <param name="IsMirrored">Whether left and right of the emoji are exchanged.</param>
internal readonly record struct GlyphBox(double Top, double Left, double Scale, bool IsMirrored);

/// <summary>A ground for an image that has one already.</summary>
internal enum GroundChoice
{
    /// <summary>Its own.</summary>
    Own,

    /// <summary>Its green one.</summary>
    Green,

    /// <summary>Its blue one.</summary>
    Blue,

    /// <summary>The green one where its own is blue, the blue one where it is green.</summary>
    Swapped,

    /// <summary>Another picture of its own kind.</summary>
    Redrawn,
}
