using Pentimento.Cues;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>How a network responds to images that got the cue of one donor each.</summary>
/// <param name="Features">What the last layer reads, float32 (M, F).</param>
/// <param name="Logits">float32 (M, K).</param>
internal sealed record SwapResponse(Tensor Features, Tensor Logits)
{
    /// <summary>Of no images.</summary>
    public static SwapResponse Empty => new(empty(0, 0), empty(0, 0));

    /// <summary>Asks it.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="cue">The cue.</param>
    /// <param name="places">The images.</param>
    /// <param name="donors">Whose cue each gets.</param>
    /// <param name="scope">To which the tensors belong.</param>
    public static SwapResponse Of(ExaminedNetwork subject, Cue cue, int[] places, int[] donors, DisposeScope scope)
    {
        var (features, logits) = subject.Swapped(cue, places, donors, $"swap {Both.NameOf(cue)}");
        return new(features.MoveToOtherDisposeScope(scope), logits.MoveToOtherDisposeScope(scope));
    }

    /// <summary>These images and more.</summary>
    public SwapResponse With(SwapResponse more) =>
        Count == 0 ? more : new(cat([Features, more.Features]), cat([Logits, more.Logits]));

    /// <summary>How many images were asked for.</summary>
    public int Count => (int)Logits.shape[0];

    /// <summary>The predicted classes, int64 (M).</summary>
    public long[] Predicted => ExaminedNetwork.ClassesOf(Logits);

    /// <summary>Moves both to the scope around the one that is open.</summary>
    public SwapResponse MovedOut() => new(Features.MoveToOuterDisposeScope(), Logits.MoveToOuterDisposeScope());
}
