namespace Pentimento.Painting.Presets;

/// <summary>How hard SpuCoMNIST's colour is to see: smaller patches, or pixels scattered anew in every image.</summary>
public enum SpucoDifficulty
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

/// <summary>Which pixels a difficulty may colour.</summary>
internal static class SpucoPatches
{
    private const int Side = 28;
    private const int Scattered = 49;

    /// <summary>Whether each image has a patch of its own.</summary>
    public static bool Varies(this SpucoDifficulty difficulty) => difficulty is SpucoDifficulty.VarianceMedium or SpucoDifficulty.VarianceHigh;

    /// <summary>Marks the pixels of one image, bool (28, 28).</summary>
    public static void Show(this SpucoDifficulty difficulty, bool[] shown, Seed seed)
    {
        var corner = difficulty switch
        {
            SpucoDifficulty.MagnitudeMedium => 4,
            SpucoDifficulty.MagnitudeSmall => 2,
            SpucoDifficulty.VarianceLow => 7,
            SpucoDifficulty.VarianceMedium => 14,
            _ => Side,
        };
        Array.Clear(shown);
        var points = Enumerable.Range(0, corner * corner);
        foreach (var point in difficulty.Varies() ? Sheet.Shuffled(points, seed)[..Scattered] : points)
            shown[(point / corner * Side) + (point % corner)] = true;
    }
}
