namespace Pentimento.Discovery;

/// <summary>Which image gets the cue of which others: the same for every cue, so that cues are compared on the same pairs.</summary>
/// <param name="Places">The images that get a cue.</param>
/// <param name="First">A donor for each of which the network predicts another class.</param>
/// <param name="Second">A donor of a third class; where there are two classes only, of the image's own.</param>
/// <param name="Own">Two donors that show the image's own class.</param>
/// <param name="Any">A donor drawn from all images, so that its cue says nothing about the image.</param>
internal sealed record SwapPlan(int[] Places, int[] First, int[] Second, int[][] Own, int[] Any)
{
    /// <summary>Draws the donors.</summary>
    /// <param name="labels">int64 (N).</param>
    /// <param name="predicted">int64 (N), what the network predicts.</param>
    /// <param name="places">The images that get a cue.</param>
    /// <param name="seed">Decides the donors.</param>
    public static SwapPlan Of(long[] labels, long[] predicted, int[] places, Seed seed)
    {
        var random = new SplitMix64(seed);
        var (shown, seen) = (Members(labels), Members(predicted));
        long[] classes = [.. seen.Keys.Order()];
        int[] None() => new int[places.Length];
        var plan = new SwapPlan(places, None(), None(), [None(), None()], None());
        for (var at = 0; at < places.Length; at++)
        {
            var place = places[at];
            var others = random.Shuffled(classes.Where(label => label != predicted[place]));
            plan.First[at] = others.Length == 0 ? place : Draw(seen[others[0]], -1, ref random);
            plan.Second[at] = Draw(seen[others.Length > 1 ? others[1] : predicted[place]], place, ref random);
            foreach (var own in plan.Own) own[at] = Draw(shown[labels[place]], place, ref random);
            plan.Any[at] = random.Below(labels.Length);
        }

        return plan;
    }

    /// <summary>Some of the images, with their donors.</summary>
    public SwapPlan Part(Range range) =>
        new(Places[range], First[range], Second[range], [.. Own.Select(donors => donors[range])], Any[range]);

    private static Dictionary<long, int[]> Members(long[] classes) =>
        Enumerable.Range(0, classes.Length).GroupBy(at => classes[at]).ToDictionary(group => group.Key, group => group.ToArray());

    private static int Draw(int[] from, int but, ref SplitMix64 random)
    {
        if (from.Length == 1) return from[0];
        int drawn;
        do drawn = from[random.Below(from.Length)];
        while (drawn == but);
        return drawn;
    }
}
