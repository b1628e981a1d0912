using Pentimento.Cues;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>How a network responds to images that got a cue of the first and of the second donor of a plan.</summary>
/// <param name="First">What the last layer reads with the first donor's cue, float32 (M, F).</param>
/// <param name="Second">The same with the second donor's.</param>
/// <param name="Following">How often predictions follow.</param>
internal sealed record SwapResponses(Tensor First, Tensor Second, CueFollowing Following)
{
    // After how many images it is looked whether more are needed: of fewer than the first nothing is surely followed too seldom to matter.
    private static readonly int[] Looks = [300, 600];

    /// <summary>Swaps the cue of every image; where by the first few too few predictions surely follow it, of no others.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="cue">The cue.</param>
    /// <param name="plan">Who gets whose cue, in an order drawn at random.</param>
    /// <param name="always">Whether all are swapped in any case.</param>
    public static SwapResponses Of(ExaminedNetwork subject, Cue cue, SwapPlan plan, bool always)
    {
        using var scope = NewDisposeScope();
        Tensor[] Swapped(SwapPlan part) => [.. Responses(part, part.First), .. Responses(part, part.Second)];
        Tensor[] Responses(SwapPlan part, int[] donors)
        {
            var (features, logits) = subject.Swapped(cue, part.Places, donors, $"swap {Catalog.NameOf(cue)}");
            return [features.MoveToOtherDisposeScope(scope), logits.MoveToOtherDisposeScope(scope)];
        }

        var (looked, found) = (0, Array.Empty<Tensor>());
        foreach (var look in Looks.Where(look => !always && look < plan.Places.Length))
        {
            found = Joined(found, Swapped(plan.Part(looked..look)));
            looked = look;
            if (!CueVerdict.MayMatter(FollowingOf(subject, plan.Part(..look), found).Differences)) return Of(subject, plan.Part(..look), found);
        }

        return Of(subject, plan, Joined(found, Swapped(plan.Part(looked..))));
    }

    private static Tensor[] Joined(Tensor[] some, Tensor[] more) =>
        some.Length == 0 ? more : [.. some.Zip(more, (one, other) => cat([one, other]))];

    private static SwapResponses Of(ExaminedNetwork subject, SwapPlan plan, Tensor[] found) =>
        new(found[0].MoveToOuterDisposeScope(), found[2].MoveToOuterDisposeScope(), FollowingOf(subject, plan, found));

    private static CueFollowing FollowingOf(ExaminedNetwork subject, SwapPlan plan, Tensor[] found) =>
        CueFollowing.Of(plan, subject.Predicted, found[1], found[3]);
}
