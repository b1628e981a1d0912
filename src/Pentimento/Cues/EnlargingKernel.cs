namespace Pentimento.Cues;

/// <summary>How values between the pixels of a smaller image are found.</summary>
internal enum EnlargingKernel
{
    /// <summary>That of the nearest pixel.</summary>
    Nearest,

    /// <summary>On a line between two, in each direction.</summary>
    Bilinear,

    /// <summary>By cubic convolution.</summary>
    Bicubic,
}
