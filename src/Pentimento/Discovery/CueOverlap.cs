using Pentimento.Cues;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>How much of one cue is exchanged with another.</summary>
internal static class CueOverlap
{
    private const int Few = 300;

    /// <summary>How far the numbers of a cue go to the donors' where another is exchanged: 0 not at all, 1 all the way.</summary>
    /// <param name="subject">The images.</param>
    /// <param name="read">The cue whose numbers are read.</param>
    /// <param name="exchanged">The cue that images get.</param>
    /// <param name="plan">Whose they get.</param>
    public static double Of(ExaminedNetwork subject, Cue read, Cue exchanged, SwapPlan plan)
    {
        using var scope = NewDisposeScope();
        using var still = inference_mode();
        var asked = ..Math.Min(Few, plan.Places.Length);
        var (places, donors) = (plan.Places[asked], plan.First[asked]);
        var before = subject.Read(read, subject.Images(places), places);
        var way = subject.Read(read, subject.Images(donors), donors) - before;
        var gone = subject.Read(read, subject.SwappedImages(exchanged, places, donors), places) - before;
        return ((gone * way).sum() / way.square().sum().clamp(min: 1e-12)).item<float>();
    }
}
