namespace Pentimento.Data;

/// <summary>How pictures of any size become pictures of one.</summary>
/// <param name="Size">The height and width wanted.</param>
/// <param name="Crop">Whether proportions are kept: the picture is scaled to cover the size, and its middle taken; else it is stretched.</param>
internal sealed record PictureScale(PictureSize Size, bool Crop)
{
    /// <summary>Scales a picture; one of the right size stays as it is.</summary>
    /// <remarks>
    /// Cropping is what torchvision's Resize and CenterCrop do one after the other (Paszke et al., 2019, arXiv:1912.01703): the picture is scaled to
    /// the smallest size that covers the one wanted, the longer side rounded down.
    /// </remarks>
    public DecodedPicture Of(DecodedPicture picture)
    {
        var (height, width) = (picture.Shape.Height, picture.Shape.Width);
        if (!Crop) return Resampling.Of(picture, Size.Height, Size.Width);
        var tall = (long)height * Size.Width >= (long)width * Size.Height;
        var scaled = tall
            ? Resampling.Of(picture, Math.Max(Size.Height, (int)((long)Size.Width * height / width)), Size.Width)
            : Resampling.Of(picture, Size.Height, Math.Max(Size.Width, (int)((long)Size.Height * width / height)));
        return Middle(scaled);
    }

    private DecodedPicture Middle(DecodedPicture picture)
    {
        var shape = picture.Shape;
        if ((shape.Height, shape.Width) == (Size.Height, Size.Width)) return picture;
        // Python rounds halves to the even number, and so does .NET.
        var top = (int)Math.Round((shape.Height - Size.Height) / 2.0);
        var left = (int)Math.Round((shape.Width - Size.Width) / 2.0);
        var row = Size.Width * shape.Channels;
        var pixels = new byte[Size.Height * row];
        for (var y = 0; y < Size.Height; y++)
            picture.Pixels.AsSpan((((top + y) * shape.Width) + left) * shape.Channels, row).CopyTo(pixels.AsSpan(y * row));
        return new(pixels, shape with { Height = Size.Height, Width = Size.Width });
    }
}
