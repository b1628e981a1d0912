using Pentimento.Cues;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>How a network responds to images that got a cue of the donors of a plan.</summary>
/// <param name="First">With the first donor's, of another class.</param>
/// <param name="Second">With the second donor's, of a third class.</param>
/// <param name="Own">With that of another image of the own class; null where it was not asked.</param>
/// <param name="Following">How often predictions follow.</param>
/// <param name="Reliance">How far the accuracy hangs on the cue; null where <see cref="Own"/> is.</param>
internal sealed record SwapResponses(SwapResponse First, SwapResponse Second, SwapResponse? Own, CueFollowing Following, CueReliance? Reliance)
{
    // After how many images it is looked whether more are needed: of fewer than the first nothing is surely followed too seldom to matter.
    private static readonly int[] Looks = [300, 600];

    /// <summary>Swaps the cue of every image; where by the first few too few predictions surely hang on it, of no others.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="cue">The cue.</param>
    /// <param name="plan">Who gets whose cue, in an order drawn at random.</param>
    /// <param name="available">Whether the cue says anything of the class: where it does not, no accuracy can hang on it.</param>
    /// <param name="always">Whether all are swapped in any case.</param>
    public static SwapResponses Of(ExaminedNetwork subject, Cue cue, SwapPlan plan, bool available, bool always)
    {
        using var scope = NewDisposeScope();
        var asks = available || always;
        var (first, second, own) = (SwapResponse.Empty, SwapResponse.Empty, SwapResponse.Empty);
        SwapResponse Upto(SwapResponse some, int[] donors, int count) => some.Count >= count ? some
            : some.With(SwapResponse.Of(subject, cue, plan.Places[some.Count..count], donors[some.Count..count], scope));
        CueReliance Reliance() => new(Correct(own), Correct(first)[..own.Count]);
        bool[] Correct(SwapResponse response) => [.. response.Predicted.Select((label, at) => label == subject.Set.Labels[plan.Places[at]])];
        SwapResponses Found() => new SwapResponses(
            first, second, asks ? own : null, CueFollowing.Of(plan.Part(..first.Count), subject.Predicted, first.Logits, second.Logits),
            asks ? Reliance() : null).MovedOut();

        foreach (var look in Looks.Where(look => !always && look < plan.Places.Length))
        {
            (first, second) = (Upto(first, plan.First, look), Upto(second, plan.Second, look));
            var following = CueFollowing.Of(plan.Part(..look), subject.Predicted, first.Predicted, second.Predicted);
            if (CueVerdict.MayMatter(following.Differences)) continue;
            if (!asks) return Found();
            // On hardly any cue accuracy hangs, and half as many images tell that.
            foreach (var asked in (int[])[look / 2, look])
            {
                own = Upto(own, plan.Own[0], asked);
                if (!Reliance().MayMatter) return Found();
            }
        }

        (first, second) = (Upto(first, plan.First, plan.Places.Length), Upto(second, plan.Second, plan.Places.Length));
        if (asks) own = Upto(own, plan.Own[0], plan.Places.Length);
        return Found();
    }

    private SwapResponses MovedOut() => this with { First = First.MovedOut(), Second = Second.MovedOut(), Own = Own?.MovedOut() };
}
