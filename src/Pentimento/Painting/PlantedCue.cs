namespace Pentimento.Painting;

/// <summary>A cue that is planted on pictures to see whether it is found again: ten values, of which each class gets one.</summary>
internal enum PlantedCue
{
    /// <summary>The colour of what is bright, such as a digit.</summary>
    StrokeColor,

    /// <summary>The colour of what is dark, such as the ground behind a digit.</summary>
    BackgroundColor,

    /// <summary>The colour of a patch in one corner.</summary>
    CornerPatch,

    /// <summary>The grey of a frame of one pixel.</summary>
    Frame,

    /// <summary>A white dot near the border, whose place differs.</summary>
    Dot,

    /// <summary>Stripes behind what is bright, whose direction differs.</summary>
    Stripes,

    /// <summary>The brightness of the whole image.</summary>
    Brightness,

    /// <summary>A faint pattern of single pixels over the whole image.</summary>
    Watermark,

    /// <summary>The size of what is shown.</summary>
    Size,

    /// <summary>The direction in which it is turned.</summary>
    Rotation,

    /// <summary>How blurred the image is.</summary>
    Blur,

    /// <summary>The quality with which the image was saved as a JPEG.</summary>
    JpegQuality,

    /// <summary>A white patch in one corner that only one class has.</summary>
    OneClassPatch,

    /// <summary>Another camera, less sharp, with a brighter ground and noise, that took one class only.</summary>
    OneClassCamera,

    /// <summary>Where in the image it is shown.</summary>
    Place,

    /// <summary>How much noise lies over the image.</summary>
    Noise,

    /// <summary>How far bright and dark are apart, about the same middle.</summary>
    Contrast,

    /// <summary>The colour of a small square that lies at another place in each image.</summary>
    Sticker,
}
