namespace Pentimento.Training;

/// <summary>The supervision that a method needs besides images and labels; every table of methods names it.</summary>
[Flags]
public enum Supervision
{
    /// <summary>No bias labels: images and labels alone.</summary>
    Nothing = 0,

    /// <summary>Environment labels: which images come from which environment.</summary>
    Environments = 1,

    /// <summary>Bias labels, the colors, of held-out images only.</summary>
    SomeColors = 2,

    /// <summary>Bias labels, the colors, of every training image.</summary>
    Colors = 4,

    /// <summary>The bias attribute: that it is the color that misleads, so that it may be changed.</summary>
    Nuisance = 8,

    /// <summary>The corruption of the test images.</summary>
    Corruption = 16,
}

/// <summary>Names of kinds of supervision, in the field's words.</summary>
internal static class SupervisionText
{
    private static readonly (Supervision Part, string Text)[] Parts =
    [
        (Supervision.Environments, "environments"), (Supervision.SomeColors, "bias labels of held-out images"), (Supervision.Colors, "bias labels"),
        (Supervision.Nuisance, "the bias attribute"), (Supervision.Corruption, "the corruption"),
    ];

    /// <summary>The supervision in words, as tables have it: <c>environments, the corruption</c>, or <c>no bias labels</c>.</summary>
    public static string Describe(this Supervision supervision) =>
        supervision == Supervision.Nothing
            ? "no bias labels"
            : string.Join(", ", Parts.Where(part => supervision.HasFlag(part.Part)).Select(part => part.Text));
}
