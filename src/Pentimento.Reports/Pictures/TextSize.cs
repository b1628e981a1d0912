namespace Pentimento.Reports.Pictures;

/// <summary>The text size on a sheet of pictures.</summary>
/// <param name="Size">Of captions and titles, in pixels of the sheet.</param>
internal readonly record struct TextSize(float Size)
{
    private const float Least = 15;

    // A page shows a sheet at most this wide, and text in it is to be read there too.
    private const float Page = 960;
    private const float LeastOnPage = 13;

    /// <summary>Of notes.</summary>
    public float Small => 0.75f * Size;

    /// <summary>Letters that can be read on a sheet of this width, whole or scaled down to a page's.</summary>
    public static TextSize For(int width) => new(Math.Max(Least, LeastOnPage * width / Page));
}
