using Pentimento.Cues;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>Everything that was measured of one cue.</summary>
/// <param name="Cue">The cue.</param>
/// <param name="Reading">What the cue alone says about the label.</param>
/// <param name="Echo">What it says about the network's prediction.</param>
/// <param name="Followed">How often the network's predictions follow it.</param>
/// <param name="Change">The mean change of a pixel that the swaps make, 0..1.</param>
internal sealed record CueEvidence(Cue Cue, CuePredictions Reading, CuePredictions Echo, CueFollowing Followed, double Change)
{
    /// <summary>How many classes the images show.</summary>
    public required int Classes { get; init; }

    /// <summary>How often the network follows it whose last layer cannot use the cue; null where no control was needed.</summary>
    public CueFollowing? Blind { get; init; }

    /// <summary>The same where the cue still says the class; null where <see cref="Cost"/> is.</summary>
    public CueFollowing? Sighted { get; init; }

    /// <summary>The accuracy on swapped images of the network whose last layer cannot use the cue.</summary>
    public Share BlindAccuracy { get; init; }

    /// <summary>How far the accuracy hangs on the cue; null where the cue says nothing of the class.</summary>
    public CueReliance? Reliance { get; init; }

    /// <summary>What following it costs; null where it is not followed beyond the control by so much that this would matter.</summary>
    public CueCost? Cost { get; init; }

    // A cue that gives away less is no news, nor is one that hardly ever decides.
    private const double LeastAvailable = 0.03;
    private const double Suspicious = 0.001;

    /// <summary>Measures a cue, and where it is available and followed, the controls too.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="cue">The cue.</param>
    /// <param name="plan">Who gets whose cue.</param>
    /// <param name="run">Seed, progress and cancellation.</param>
    /// <param name="always">Whether the controls are fitted in any case.</param>
    public static CueEvidence Of(ExaminedNetwork subject, Cue cue, SwapPlan plan, RunContext run, bool always)
    {
        using var scope = NewDisposeScope();
        using var numbers = subject.Read(cue);
        var (reading, echo) = CueClassifier.Of(numbers, subject.Set.Labels, subject.Predicted, run);
        var responses = SwapResponses.Of(subject, cue, plan, IsAvailable(echo), always);
        var evidence = new CueEvidence(cue, reading, echo, responses.Following, ChangeOf(subject, cue, plan))
        {
            Classes = subject.Classes.Length,
            Reliance = responses.Reliance,
        };
        return always || evidence.NeedsControl ? evidence.Controlled(subject, plan, responses, run, always) : evidence;
    }

    /// <summary>Whether the cue is available and the network uses it, so that a control must say what that means.</summary>
    public bool NeedsControl => IsAvailable(Echo) && (Reliance is { IsSeen: true }
        || (Followed.ShiftPValue < Suspicious && CueVerdict.MayMatter(Followed.Differences)));

    private static bool IsAvailable(CuePredictions echo) => echo.PValue < Suspicious && echo.Accuracy - echo.Chance > LeastAvailable;

    /// <summary>The following beyond that of the network whose last layer cannot use the cue, one difference an image.</summary>
    public double[] Excess =>
        Blind is null ? Followed.Differences : [.. Followed.Differences.Zip(Blind.Differences, (own, control) => own - control)];

    /// <summary>The same where donors are of one class, its interval one of as many as there are classes.</summary>
    public ConfidenceInterval ExcessOf(long label) => PairedDifference.Of([.. ExcessByClass()[label]], Classes);

    /// <summary>The lower end of the interval of the class that is followed most surely; -1 where there is none.</summary>
    public double LargestOfClass() => SurelyByClass().Select(one => one.Low).DefaultIfEmpty(-1).Max();

    /// <summary>The classes of donors that are surely followed by more than a share of predictions.</summary>
    public IReadOnlySet<long> FollowedClasses(double least) => SurelyByClass().Where(one => one.Low > least).Select(one => one.Class).ToHashSet();

    /// <summary>The mean following of donors of all other classes.</summary>
    public ConfidenceInterval ExcessBut(IReadOnlySet<long> classes) =>
        PairedDifference.Of([.. ExcessByClass().Where(group => group.Key >= 0 && !classes.Contains(group.Key)).SelectMany(group => group)]);

    private IEnumerable<(long Class, double Low)> SurelyByClass() => ExcessByClass().Where(group => group.Key >= 0)
        .Select(group => (group.Key, PairedDifference.Of([.. group], Classes).Low));

    private ILookup<long, double> ExcessByClass()
    {
        var control = Blind?.PerDonor;
        return Followed.Donors.Zip(Followed.PerDonor).SelectMany((pair, at) => ((long Class, double Excess)[])
        [
            (pair.First.First, pair.Second.First - (control?[at].First ?? 0)),
            (pair.First.Second, pair.Second.Second - (control?[at].Second ?? 0)),
        ]).ToLookup(one => one.Class, one => one.Excess);
    }

    private CueEvidence Controlled(ExaminedNetwork subject, SwapPlan plan, SwapResponses responses, RunContext run, bool always)
    {
        using var scope = NewDisposeScope();
        CueFollowing Follow(ControlNetwork network) =>
            CueFollowing.Of(plan, subject.Predicted, network.OfPlan(responses.First.Features), network.OfPlan(responses.Second.Features));
        using var blind = new ControlNetwork(
            subject, plan, [responses.First.Features, responses.Second.Features, responses.Own!.Features], [plan.First, plan.Second, plan.Own[0]]);
        bool[] Correct(SwapResponse response) =>
            [.. blind.OfPlan(response.Features).Select((found, at) => found == subject.Set.Labels[plan.Places[at]])];
        var reliance = new CueReliance(Correct(responses.Own), Correct(responses.First));
        var beside = this with
        {
            Blind = Follow(blind),
            BlindAccuracy = Share.Of(reliance.Others),
            Reliance = Reliance! with { Blind = reliance },
        };
        if (!always && !CueVerdict.IsUsed(beside)) return beside;
        var own = SwapResponse.Of(subject, Cue, plan.Places, plan.Own[1], scope);
        using var sighted = new ControlNetwork(subject, plan, [responses.Own.Features, own.Features]);
        return beside with
        {
            Sighted = Follow(sighted),
            Cost = CueCost.Of(subject, Cue, Echo, blind, sighted, CueVerdict.CommandedClasses(beside), run),
        };
    }

    private static double ChangeOf(ExaminedNetwork subject, Cue cue, SwapPlan plan)
    {
        const int Few = 100;
        using var scope = NewDisposeScope();
        int[] places = [.. plan.Places.Take(Few)];
        return (subject.SwappedImages(cue, places, [.. plan.First.Take(Few)]) - subject.Images(places)).abs().mean().item<float>();
    }
}
