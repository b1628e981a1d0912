namespace Pentimento.Probing;

/// <summary>The images that a channel answers most strongly.</summary>
public static class TopImages
{
    /// <summary>Their places, the strongest first; of equals the earlier.</summary>
    /// <param name="answers">One channel's answers to N images.</param>
    /// <param name="count">How many to take; all if there are fewer.</param>
    public static int[] Of(double[] answers, int count) => [.. Enumerable.Range(0, answers.Length).OrderByDescending(at => answers[at]).Take(count)];
}
