namespace Pentimento.Painting.Presets;

/// <summary>The difficulty of SpuCoMNIST, the patch of color: its size, or its variance, pixels at random places in every image.</summary>
internal enum SpucoDifficulty
{
    /// <summary>The whole background.</summary>
    MagnitudeLarge,

    /// <summary>The 4x4 pixels of the upper left corner.</summary>
    MagnitudeMedium,

    /// <summary>The 2x2 pixels of the upper left corner.</summary>
    MagnitudeSmall,

    /// <summary>The 7x7 pixels of the upper left corner.</summary>
    VarianceLow,

    /// <summary>49 pixels of the upper left 14x14, others in each image.</summary>
    VarianceMedium,

    /// <summary>49 pixels anywhere, others in each image.</summary>
    VarianceHigh,
}

/// <summary>The pixels of the patch of each difficulty.</summary>
internal static class SpucoPatches
{
    private const int Side = 28;
    private const int Scattered = 49;

    /// <summary>Whether the patch differs between images.</summary>
    public static bool Varies(this SpucoDifficulty difficulty) => difficulty is SpucoDifficulty.VarianceMedium or SpucoDifficulty.VarianceHigh;

    /// <summary>Marks the pixels of one image, bool (28, 28).</summary>
    public static void Mark(this SpucoDifficulty difficulty, bool[] patch, Seed seed)
    {
        var corner = difficulty switch
        {
            SpucoDifficulty.MagnitudeMedium => 4,
            SpucoDifficulty.MagnitudeSmall => 2,
            SpucoDifficulty.VarianceLow => 7,
            SpucoDifficulty.VarianceMedium => 14,
            _ => Side,
        };
        Array.Clear(patch);
        var points = Enumerable.Range(0, corner * corner);
        foreach (var point in difficulty.Varies() ? PresetPainting.Shuffled(points, seed)[..Scattered] : points)
            patch[(point / corner * Side) + (point % corner)] = true;
    }
}
