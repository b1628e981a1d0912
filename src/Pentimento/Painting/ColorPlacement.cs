namespace Pentimento.Painting;

/// <summary>The part of the image whose color is correlated with the digit.</summary>
internal enum ColorPlacement
{
    /// <summary>The digit, on black.</summary>
    Stroke,

    /// <summary>The background, with a white digit; where the canvas says white, the background is black.</summary>
    Background,

    /// <summary>
    /// Digit and background, each by its own draw. The background's dominant color is the one five digits on, so that no digit has the color
    /// of its background; where the two would be equal, the background takes the next color.
    /// </summary>
    Both,
}
