namespace Pentimento.Painting.Objects;

/// <summary>How one image is put together.</summary>
/// <param name="Glyph">The number of its emoji.</param>
/// <param name="Ground">0 where its ground is green, 1 where it is blue.</param>
/// <param name="Grounds">The numbers of the pictures that are its ground if that is green, and if it is blue.</param>
/// <param name="Box">The place of the emoji.</param>
/// <param name="IsGroundMirrored">Whether left and right of the ground are exchanged.</param>
internal readonly record struct Placement(int Glyph, long Ground, (int Green, int Blue) Grounds, GlyphBox Box, bool IsGroundMirrored)
{
    /// <summary>The number of the picture that is the ground of a kind.</summary>
    public int GroundOf(long kind) => kind == 0 ? Grounds.Green : Grounds.Blue;
}

/// <summary>The place of an emoji in its image.</summary>
/// <param name="Top">The upper edge, in pixels.</param>
/// <param name="Left">The left edge, in pixels.</param>
/// <param name="Scale">The emoji's side as a share of the image's.</param>
/// <param name="IsMirrored">Whether left and right of the emoji are exchanged.</param>
internal readonly record struct GlyphBox(double Top, double Left, double Scale, bool IsMirrored);
