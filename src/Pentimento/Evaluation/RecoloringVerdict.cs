namespace Pentimento.Evaluation;

/// <summary>What a recolouring found, in a sentence; every judgement of a network's dependence on colour is this one.</summary>
internal static class RecoloringVerdict
{
    /// <summary>The finding, and the numbers that it follows from.</summary>
    public static string Of(Recoloring recoloring) => recoloring.Shares is null
        ? "It answers every image alike: neither the colour nor the shape moves it."
        : $"{Sentence(recoloring)}{Figures(recoloring)}";

    /// <summary>The findings on several parts of an image: the colours of digit and ground are two cues.</summary>
    public static string Of(IReadOnlyList<Recoloring> parts) =>
        parts.Count == 1 ? Of(parts[0]) : string.Join(" ", parts.Select(part => $"The {part.Recolored}'s colour: {Of(part)}"));

    /// <summary>The finding alone.</summary>
    public static string Sentence(Recoloring recoloring) => recoloring.Test switch
    {
        null => "Whether it follows the colour was not tested.",
        { Finding: Finding.Shortcut, ReadsColor: true } => "It reads the colour, not the shape.",
        { Finding: Finding.Shortcut } => "It leans on the colour.",
        { Finding: Finding.None } => "Its answers do not follow the colour.",
        { Colors: < 2 } =>
            "Whether it follows the colour cannot be judged by recolouring: these images have fewer than two of the palette's colours, and in others"
                + " a network may err because it never saw them; give images that have them, or a --palette of theirs.",
        { IsPaintable: false, Kept: var kept } =>
            "Whether it follows the colour cannot be judged by recolouring: recoloured in their own colour already, only"
                + $" {Numbers.Percent(kept.Value)} of these images keep their answer, so that paint changes more than the colour, as it does where"
                + " ground or object are textured.",
        { SeesShape: false, Shape: var shape, Chance: var chance, Followed.High: < ShortcutTest.Margin } =>
            $"It does not follow the colour, but it reads nothing else either: whatever the colour it is right in {Numbers.Percent(shape.Value)},"
                + $" and the most frequent class alone makes {Numbers.Percent(chance)}.",
        { IsHelped: false, Spared: { } spared, Followed.Low: > ShortcutTest.Margin } =>
            "That it leans on the colour cannot be told: its answers follow the colours, but not surely to the right class. Where every class has the"
                + $" colour in which it is recognised best, {Part(spared)} of its errors vanish. A network that learned little does so; train it"
                + " longer, or give images in the colours that it learned from.",
        { Followed.Low: > ShortcutTest.Margin } =>
            "That it leans on the colour cannot be told: its answers follow the colours, but greys as bright do much the same to it. A network that"
                + " learned little does so, and one whose shortcut is the brightness; a --palette of colours of one brightness would tell.",
        _ => "That it leans on the colour cannot be told from these images; more of them would tell.",
    };

    private static string Figures(Recoloring recoloring)
    {
        var shares = recoloring.Shares!;
        var flips = $" Painted in another colour, the same image gets another answer in {Numbers.Percent(recoloring.FlipRate)} of cases"
            + $" ({Numbers.Interval(recoloring.Low, recoloring.High)});";
        var variance = $" the colour alone makes {Numbers.Percent(shares.Color.Value)} of what moves its logits, the shape"
            + $" {Numbers.Percent(shares.Shape.Value)}.";
        if (recoloring.Test is not { Colors: > 1 } test) return flips + variance;
        return $"{flips} of what is possible, {Part(test.Followed)} follows the colour, and {Part(test.Control.Interval)} in greys as bright;"
            + variance;
    }

    private static string Part(ConfidenceInterval share) =>
        $"{Numbers.Percent(share.Value)} ({Numbers.Interval(Math.Max(0, share.Low), Math.Min(1, share.High))})";
}
