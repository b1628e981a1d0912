namespace Pentimento.Data;

/// <summary>How pictures of any size become pictures of one.</summary>
/// <param name="Size">The height and width wanted.</param>
/// <param name="Crop">Whether proportions are kept: the picture is scaled to cover the size, and its middle taken; else it is stretched.</param>
internal sealed record PictureScale(PictureSize Size, bool Crop)
{
    /// <summary>Scales a picture; one of the right size stays as it is.</summary>
    public DecodedPicture Of(DecodedPicture picture) =>
        (picture.Shape.Height, picture.Shape.Width) == (Size.Height, Size.Width) ? picture : Of(new PixelView(picture));

    /// <summary>Scales a picture into one of one's own.</summary>
    /// <remarks>
    /// Cropping is what torchvision's Resize and CenterCrop do one after the other (Paszke et al., 2019, arXiv:1912.01703): the picture is scaled to
    /// the smallest size that covers the one wanted, the longer side rounded down.
    /// </remarks>
    public DecodedPicture Of(PixelView picture)
    {
        if (!Crop) return Resampling.Of(picture, Size, 0, 0, Size);
        var (height, width) = (picture.Shape.Height, picture.Shape.Width);
        var scaled = (long)height * Size.Width >= (long)width * Size.Height
            ? Size with { Height = Math.Max(Size.Height, (int)((long)Size.Width * height / width)) }
            : Size with { Width = Math.Max(Size.Width, (int)((long)Size.Height * width / height)) };
        // Python rounds halves to the even number, and so does .NET.
        var top = (int)Math.Round((scaled.Height - Size.Height) / 2.0);
        var left = (int)Math.Round((scaled.Width - Size.Width) / 2.0);
        return Resampling.Of(picture, scaled, top, left, Size);
    }
}
