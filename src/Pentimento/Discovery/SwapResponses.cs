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
        SwapResponse[] Swapped(SwapPlan part)
        {
            int[][] donors = available || always ? [part.First, part.Second, part.Own[0]] : [part.First, part.Second];
            return [.. donors.Select(row => SwapResponse.Of(subject, cue, part.Places, row, scope))];
        }

        var (looked, found) = (0, Array.Empty<SwapResponse>());
        foreach (var look in Looks.Where(look => !always && look < plan.Places.Length))
        {
            found = Joined(found, Swapped(plan.Part(looked..look)));
            looked = look;
            var few = Of(subject, plan.Part(..look), found);
            if (!CueVerdict.MayMatter(few.Following.Differences) && few.Reliance is not { MayMatter: true }) return few.MovedOut();
        }

        return Of(subject, plan, Joined(found, Swapped(plan.Part(looked..)))).MovedOut();
    }

    private static SwapResponse[] Joined(SwapResponse[] some, SwapResponse[] more) =>
        some.Length == 0 ? more : [.. some.Zip(more, (one, other) => one.With(other))];

    private static SwapResponses Of(ExaminedNetwork subject, SwapPlan plan, SwapResponse[] found)
    {
        bool[] Correct(SwapResponse response) => [.. response.Predicted.Select((label, at) => label == subject.Set.Labels[plan.Places[at]])];
        return new(
            found[0], found[1], found.ElementAtOrDefault(2), CueFollowing.Of(plan, subject.Predicted, found[0].Logits, found[1].Logits),
            found.Length < 3 ? null : new(Correct(found[2]), Correct(found[0])));
    }

    private SwapResponses MovedOut() => this with { First = First.MovedOut(), Second = Second.MovedOut(), Own = Own?.MovedOut() };
}
