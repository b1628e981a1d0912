namespace Pentimento.Painting;

/// <summary>Where the colour lies that goes with the digit.</summary>
public enum Cue
{
    /// <summary>The digit is coloured on black.</summary>
    Stroke,

    /// <summary>The background is coloured, the digit on it white; where the canvas says white, the background is black.</summary>
    Background,

    /// <summary>
    /// Both are, each by its own draw. The background's dominant colour is the one five digits on, so that no digit is painted in the colour
    /// of its ground; where the two would meet, the background takes the next colour.
    /// </summary>
    Both,
}
