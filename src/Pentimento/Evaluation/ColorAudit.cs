using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Painting;

namespace Pentimento.Evaluation;

/// <summary>Recolours every part of the images that has a colour of its own: the digit, the ground, or one after the other.</summary>
internal static class ColorAudit
{
    /// <summary>One recolouring for each part, the most suspect first.</summary>
    /// <param name="network">The network.</param>
    /// <param name="set">RGB images.</param>
    /// <param name="palette">The colours; null for those of the images.</param>
    /// <param name="before">The predictions of the images as they are.</param>
    /// <param name="run">Device, progress and cancellation.</param>
    /// <exception cref="BadInputException">The images have no colours, do not fit the network, or there are none.</exception>
    public static IReadOnlyList<Recoloring> Of(Classifier network, ImageSet set, Palette? palette, Predictions before, RunContext run)
    {
        Recoloring.Check(network, set);
        var ground = ColorReplacement.HasColoredGround(set.Tensor());
        Recoloring Part(bool isGround, RunContext part) =>
            Recoloring.Of(network, set, palette ?? ImageColors.PaletteOf(set, isGround), before, isGround, part);
        return ground && HasColoredObjects(set, palette)
            ? [.. Ordered([Part(true, run.Part(0, 1, 2)), Part(false, run.Part(1, 1, 2))])]
            : [Part(ground, run)];
    }

    /// <summary>What all parts come to: one shortcut is one, and where one part cannot be told, nothing is ruled out.</summary>
    public static Finding Finding(IReadOnlyList<Recoloring> parts) => parts.Min(part => Rank(part.Finding)) switch
    {
        0 => Evaluation.Finding.Shortcut,
        1 => Evaluation.Finding.Undecided,
        _ => Evaluation.Finding.None,
    };

    /// <summary>Whether what lies on a coloured ground has colours, too; a white digit has none.</summary>
    private static bool HasColoredObjects(ImageSet set, Palette? palette) =>
        ImageColors.Occurring(set, palette ?? ImageColors.PaletteOf(set, ground: false), ground: false).Length > 1;

    private static IEnumerable<Recoloring> Ordered(IEnumerable<Recoloring> parts) =>
        parts.OrderBy(part => Rank(part.Finding)).ThenByDescending(part => part.Test?.Followed.Value ?? 0);

    private static int Rank(Finding finding) => finding switch
    {
        Evaluation.Finding.Shortcut => 0,
        Evaluation.Finding.Undecided => 1,
        _ => 2,
    };
}
