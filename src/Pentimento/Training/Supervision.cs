namespace Pentimento.Training;

/// <summary>What a training is told besides images and labels; every table names it.</summary>
[Flags]
public enum Supervision
{
    /// <summary>Nothing.</summary>
    Nothing = 0,

    /// <summary>Which images come from which environment.</summary>
    Environments = 1,

    /// <summary>The colour of held-out images only.</summary>
    SomeColors = 2,

    /// <summary>The colour of every training image.</summary>
    Colors = 4,

    /// <summary>That it is the colour that misleads, so that it may be changed.</summary>
    Nuisance = 8,

    /// <summary>How test images will be disturbed.</summary>
    Corruption = 16,
}

/// <summary>Supervision in words.</summary>
public static class Told
{
    private static readonly (Supervision Part, string Words)[] Parts =
    [
        (Supervision.Environments, "environments"), (Supervision.SomeColors, "colours of held-out images"), (Supervision.Colors, "colours"),
        (Supervision.Nuisance, "the nuisance"), (Supervision.Corruption, "the corruption"),
    ];

    /// <summary>As tables have it: <c>environments, the corruption</c>, or <c>nothing</c>.</summary>
    public static string Of(Supervision knowledge) =>
        knowledge == Supervision.Nothing
            ? "nothing"
            : string.Join(", ", Parts.Where(part => knowledge.HasFlag(part.Part)).Select(part => part.Words));
}
