namespace Pentimento.Evaluation;

/// <summary>The test whether a network follows the colour of one part of the image. Fractions are of 1.</summary>
/// <param name="Followed">How far predictions follow the colour, of what is possible: 1 for a network that reads nothing else, 0 for one that takes
/// no notice of it, however many classes and colours there are.</param>
/// <param name="Control">The same in greys as bright as the colours: what the brightness alone does.</param>
/// <param name="EqualLight">The same in the colours dimmed to one brightness: what the hue alone does.</param>
/// <param name="Kept">The images that keep their prediction when they are recoloured in their own colour; where few do, recolouring itself changes
/// more than the colour, and nothing can be told.</param>
/// <param name="Colors">How many of the colours some of the images have; only those are tested.</param>
/// <param name="Shape">The predictions that are right whatever the colour: the mean accuracy over these colours.</param>
/// <param name="Chance">The share of the most frequent class, which a network reaches that sees nothing.</param>
/// <param name="Finding">What follows.</param>
public sealed record ColorTest(
    ConfidenceInterval Followed, Control Control, ConfidenceInterval EqualLight, Share Kept, int Colors, Share Shape, double Chance, Finding Finding)
{
    // Painting smooths noise and textures away: of four images one may change by that. Of photographs most do.
    internal const double LeastKept = 0.75;

    // Of its errors, what a network is spared at least that has learned to take the colour for the class.
    internal const double LeastSpared = 2 / 3.0;

    // More than half of what is possible: the colour decides, not the shape, whatever brightness does in its place.
    internal const double Decides = 0.5;

    /// <summary>Of the errors over all colours, those that vanish where every class has the colour in which it is recognised most often: a shortcut
    /// is a way to the right answer, and a network that is wrong even there learned too little to be accused of one. Null for runs of earlier
    /// versions.</summary>
    public ConfidenceInterval? Spared { get; init; }

    /// <summary>Decides.</summary>
    internal static ColorTest Of(
        ConfidenceInterval followed, Control control, ConfidenceInterval equalLight, Share kept, int colors, Share shape, ConfidenceInterval spared,
        double chance)
    {
        var test = new ColorTest(followed, control, equalLight, kept, colors, shape, chance, Finding.Undecided) { Spared = spared };
        return test with { Finding = test.Decide() };
    }

    /// <summary>Whether the images can be recoloured without leaving what the network knows.</summary>
    internal bool IsPaintable => Colors > 1 && Kept.High >= LeastKept;

    /// <summary>Whether it is right more often than one that always predicts the most frequent class.</summary>
    internal bool SeesShape => Shape.Low > Chance;

    /// <summary>Whether the colour leads it to right answers, and not only to others.</summary>
    internal bool IsHelped => Spared is null or { Low: > LeastSpared };

    /// <summary>Whether the colour alone decides most predictions.</summary>
    internal bool ReadsColor => Followed.Low > Decides && EqualLight.Low > Decides;

    private Finding Decide()
    {
        if (!IsPaintable) return Finding.Undecided;
        // Where the colours of classes differ in brightness, greys say as much as they do; hues of one brightness then tell.
        if (IsHelped && (ReadsColor || ShortcutTest.Of(Followed, Beside) == Finding.Shortcut)) return Finding.Shortcut;
        // An effect that the brightness explains may be a weak network's, or a shortcut by brightness. And one that cannot tell what it sees
        // follows nothing; that is no clean bill.
        return Followed.High < ShortcutTest.Margin && SeesShape ? Finding.None : Finding.Undecided;
    }

    /// <summary>The control, which accuses nobody by lying below zero.</summary>
    private ConfidenceInterval Beside => new(Math.Max(0, Control.Value), Math.Max(0, Control.Low), Math.Max(0, Control.High));
}
