namespace Pentimento.Painting;

/// <summary>A cue that is planted on grey digits to see whether it is found again: ten values, one for each digit.</summary>
public enum Plant
{
    /// <summary>The digit's colour.</summary>
    StrokeColor,

    /// <summary>The colour behind a white digit.</summary>
    BackgroundColor,

    /// <summary>The colour of a patch in one corner.</summary>
    CornerPatch,

    /// <summary>The grey of a frame of one pixel.</summary>
    Frame,

    /// <summary>A white dot near the border, whose place differs.</summary>
    Dot,

    /// <summary>Stripes behind the digit, whose direction differs.</summary>
    Stripes,

    /// <summary>The brightness of the whole image.</summary>
    Brightness,

    /// <summary>A faint pattern of single pixels over the whole image.</summary>
    Watermark,

    /// <summary>The digit's size.</summary>
    Size,

    /// <summary>The direction in which the digit is turned.</summary>
    Rotation,

    /// <summary>How blurred the image is.</summary>
    Blur,

    /// <summary>A white patch in one corner that only one digit has.</summary>
    OneClassPatch,
}
