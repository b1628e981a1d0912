using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Discovery;

/// <summary>Measures many cues of one network on one set.</summary>
/// <param name="Cues">What is looked for; none for all that are known.</param>
/// <param name="Pairs">How many images get the cue of others; null for a thousand, or half as many where the network is large.</param>
internal sealed record CueSearch(IReadOnlyList<Cue> Cues, int? Pairs = null)
{
    private const int Usual = 1000;

    /// <summary>Measures every cue.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images and their labels.</param>
    /// <param name="run">Seed, progress and cancellation.</param>
    /// <exception cref="BadInputException">The images do not fit the network or a cue, or show fewer than two classes.</exception>
    public IReadOnlyList<CueEvidence> Of(Classifier network, ImageSet set, RunContext run)
    {
        using var subject = new ExaminedNetwork(network, set, run.Part(0, 1, 10));
        return Of(subject, run);
    }

    /// <summary>The same where features and predictions are known already.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="run">Seed, progress and cancellation.</param>
    /// <param name="always">Whether controls are fitted to cues, too, that are not available or not followed.</param>
    internal IReadOnlyList<CueEvidence> Of(ExaminedNetwork subject, RunContext run, bool always = false)
    {
        var cues = Fitting(subject.Set, run.Cancel);
        var plan = PlanFor(subject, run.Seed);
        var parts = cues.Count + 2;
        List<CueEvidence> evidence = [.. cues.Select((cue, at) => CueEvidence.Of(subject, cue, plan, run.Part(at + 1, 1, parts), always))];
        if (Cues.Count == 0 && JointCues.Of(subject, evidence, plan) is { } joint)
            evidence.Add(CueEvidence.Of(subject, joint, plan, run.Part(parts - 1, 1, parts), always));
        return evidence;
    }

    /// <summary>Who gets whose cue.</summary>
    internal SwapPlan PlanFor(ExaminedNetwork subject, Seed seed)
    {
        var set = subject.Set;
        var pairs = Pairs ?? (subject.IsLarge ? Usual / 2 : Usual);
        var places = pairs >= set.Count ? [.. Enumerable.Range(0, set.Count)] : StratifiedDraw.Of(set.Labels, pairs, seed.For("pairs"));
        return SwapPlan.Of(set.Labels, subject.Predicted, new SplitMix64(seed.For("halves")).Shuffled(places), seed.For("donors"));
    }

    private IReadOnlyList<Cue> Fitting(ImageSet set, CancellationToken cancel)
    {
        var cues = Cues.Count > 0 ? Cues : DefaultCues.For(set);
        var unfit = cues.FirstOrDefault(cue => !cue.Fits(set.Shape));
        Require.That(unfit is null, $"Images of {set.Shape} have no {(unfit is null ? "" : Catalog.Write(unfit))}.");
        return [.. cues.Select(cue => cue.FittedTo(set, cancel))];
    }
}
