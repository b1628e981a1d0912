namespace Pentimento.Evaluation;

/// <summary>The test behind every verdict: an effect, the same effect under a control that carries no class, and a margin.</summary>
/// <remarks>
/// The difference of two independent estimates gets its interval from theirs: Zou and Donner, 2008, "Construction of confidence limits about effect
/// measures: a general approach", of which Newcombe's, 1998, for two proportions is the case in point. Schuirmann, 1987, "A comparison of the two
/// one-sided tests procedure", for saying that there is none: that takes an interval within the margin, not one that holds zero.
/// </remarks>
internal static class ShortcutTest
{
    /// <summary>
    /// The least effect beyond the control that counts, of what is possible: one prediction in twenty that the cue decides and nothing else does.
    /// </summary>
    public const double Margin = 0.05;

    // Of what lies between chance and certainty, what a network knows at least that can be said to take a shortcut.
    private const double Learned = 0.5;

    /// <summary>Whether a network is right too seldom on images like those it learned from to be accused: of what lies between chance and certainty
    /// it knows less than half, and it is not wrong throughout either, as where a cue is turned round. It has learned little, or the images are not
    /// like those it learned from; what it follows is then no way to the right answer.</summary>
    /// <param name="accuracy">0 to 1.</param>
    /// <param name="classes">How many classes the images show.</param>
    public static bool LearnedLittle(double accuracy, int classes)
    {
        var chance = 1.0 / Math.Max(1, classes);
        return accuracy > chance / 2 && accuracy < chance + (Learned * (1 - chance));
    }

    /// <summary>Decides by the interval of the effect beyond its control.</summary>
    /// <param name="effect">The effect, of what is possible, so that it does not hang on the number of classes.</param>
    /// <param name="control">The same effect where there is no class to follow.</param>
    /// <param name="margin">The least excess that counts.</param>
    public static Finding Of(ConfidenceInterval effect, ConfidenceInterval control, double margin = Margin) =>
        OfExcess(Excess(effect, control), margin);

    /// <summary>Decides by the interval of an excess that is known already, such as that of paired differences.</summary>
    /// <param name="excess">The effect less its control.</param>
    /// <param name="margin">The least excess that counts.</param>
    public static Finding OfExcess(ConfidenceInterval excess, double margin = Margin) => excess switch
    {
        _ when excess.Low > margin => Finding.Shortcut,
        _ when excess.High < margin => Finding.None,
        _ => Finding.Undecided,
    };

    /// <summary>The difference of two independent estimates.</summary>
    public static ConfidenceInterval Excess(ConfidenceInterval effect, ConfidenceInterval control)
    {
        var difference = effect.Value - control.Value;
        return new(
            difference,
            difference - Length(effect.Value - effect.Low, control.High - control.Value),
            difference + Length(effect.High - effect.Value, control.Value - control.Low));
    }

    private static double Length(double one, double other) => Math.Sqrt((one * one) + (other * other));
}
