using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Operations;

/// <summary>Audits any one cue: what discover measures of it, on more pairs and always with its control.</summary>
internal static class CueAudit
{
    private const int Pairs = 4000;
    private const int OfLarge = 1000;
    private const int Pictures = 8;

    /// <summary>Measures the cue.</summary>
    /// <exception cref="BadInputException">The images do not fit the network or the cue, or show fewer than two classes.</exception>
    public static AuditResult Of(Cue cue, Classifier network, ImageSet set, bool pictures, RunContext run)
    {
        using var subject = new ExaminedNetwork(network, set, run);
        var search = new CueSearch([cue], subject.IsLarge ? OfLarge : Pairs);
        var plan = search.PlanFor(subject, run.Seed);
        var evidence = search.Of(subject, run, always: true)[0];
        var accuracy = Share.Of([.. Enumerable.Range(0, set.Count).Select(subject.Correct)]);
        var ruling = CueVerdict.Of([evidence], accuracy.Value)[0];
        var suspect = Suspect.Of(ruling, subject.Classes)
            with
        { Samples = pictures ? SwapSample.Of(subject, evidence.Cue, plan, Pictures) : [] };
        var swapped = subject.SwappedClasses(evidence.Cue, plan.Places, plan.Any, "swap at random");
        var flips = Share.Of([.. swapped.Select((after, at) => after != subject.Predicted[plan.Places[at]])]);
        return new(
            set.Name, set.Count, flips.Value, flips.Low, flips.High, null, null, null, null, null, null, accuracy, VerdictOf(ruling, suspect))
        {
            Cue = cue,
            Followed = evidence.Followed.Mean,
            Control = suspect.Control,
            PerClass = suspect.Classes,
            Suspect = suspect,
            Finding = ruling.Finding,
            Set = pictures ? set : null,
        };
    }

    private static string VerdictOf(CueVerdict ruling, Suspect suspect)
    {
        var called = SuspectReason.Called(ruling.Evidence);
        var found = ruling.Finding switch
        {
            Finding.Shortcut => $"It takes a shortcut: {called}.",
            Finding.None => $"It takes no shortcut by {called}.",
            _ => $"Whether it takes a shortcut by {called} is undecided.",
        };
        return $"{found} {suspect.Reason}";
    }
}
