using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>What is known of a network's shortcut before it is repaired, and on what repairs are compared.</summary>
/// <param name="Finding">Whether it has one.</param>
/// <param name="Verdict">The same in a sentence.</param>
/// <param name="Known">What methods may use.</param>
/// <param name="Comparison">On what methods are compared; null where nothing tells them apart.</param>
internal sealed record FineTuneCase(Finding Finding, string Verdict, Supervision Known, HeldOutComparison? Comparison)
{
    // The finding's interval is narrow enough at this number of images; where they are small there is time for more, of which more contradict a cue.
    private const int Audited = 4000;
    private const int Tried = 300;

    // A cue of which so much is exchanged with another is exchanged as a whole: statistics of colours with the colour of strokes by 0.92.
    private const double Whole = 0.9;

    private const int MostAudited = 16_000;
    private const long AuditedValues = MostAudited * 28L * 28 * 3;

    /// <summary>The cue that misleads; null where none is known.</summary>
    public Cue? Cue { get; init; }

    /// <summary>The attribute that misleads; null where none is known.</summary>
    public string? Attribute { get; init; }

    /// <summary>Whether nobody named the cue, but it was found.</summary>
    public bool IsDiscovered { get; init; }

    /// <summary>All that the network was found to follow by mistake, or may.</summary>
    public IReadOnlyList<Cue> Suspected { get; init; } = [];

    /// <summary>Whether a repair may prove the shortcut where images do not tell: the user says what misleads by an attribute or environments, or the
    /// cue is nothing of what images show.</summary>
    public bool MayBeProven { get; init; }

    /// <summary>Whether the user names a cue on which surely some of the accuracy hangs: where taking it away wins more than plain fine-tuning it is
    /// taken away on the user's word, though images that the network knows by heart do not tell what it costs.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Audits a cue that the user names.</summary>
    /// <exception cref="BadInputException">The images have no such cue.</exception>
    public static FineTuneCase Against(Cue cue, Classifier model, Environments all, ImageSet held, RunContext run)
    {
        Require.That(cue.Fits(all.Shape), $"Images of {all.Shape} have no {Catalog.Write(cue)}.");
        var audit = CueAudit.Of(cue, model, all.Pooled().Take(AuditedOf(all.Shape)), false, run);
        return new(audit.Finding, audit.Verdict, Supervision.Nuisance, Counterfactuals.Of(held, cue, run))
        {
            Cue = cue,
            IsAsked = IsTakenOnRequest(audit.Suspect!),
            MayBeProven = cue.IsExtraneous,
        };
    }

    // What may be what an image shows is left, whatever anybody says, unless it is open whether it is.
    internal static bool IsTakenOnRequest(Suspect suspect) => suspect.IsReliedOn
        && (suspect.Cue.Kind is not (CueKind.Content or CueKind.Pose) || suspect.Finding == Finding.Undecided);

    /// <summary>Looks for a cue that the network follows; the gravest shortcut is the one that is taken away, and where there is none, what is
    /// undecided and nothing of what is shown.</summary>
    /// <param name="model">In evaluation mode.</param>
    /// <param name="all">Images to look at.</param>
    /// <param name="held">Those of them on which methods are compared.</param>
    /// <param name="cues">What is looked for; none for the usual cues.</param>
    /// <param name="run">Seed, progress and cancellation.</param>
    public static FineTuneCase Discovered(Classifier model, Environments all, ImageSet held, IReadOnlyList<Cue> cues, RunContext run)
    {
        var asked = all.Pooled().Take(AuditedOf(all.Shape));
        var found = Discover.Of(model, asked, new(cues), 0, run);
        var gravest = Gravest(found.Suspects, (read, exchanged) => Overlap(model, asked, read, exchanged, run));
        if ((gravest ?? Open(found.Suspects)) is not { } cue) return new(found.Finding, found.Verdict, Supervision.Nothing, null);
        var accused = gravest is null ? cue : found.Suspects.First(one => one.Finding == Finding.Shortcut).Cue;
        var verdict = cue == accused ? found.Verdict : $"{found.Verdict} As often it follows {Catalog.Write(cue)}, and that is what is taken away.";
        return new(
            gravest is null ? Finding.Undecided : Finding.Shortcut, verdict, Supervision.Nuisance,
            Counterfactuals.Of(held, cue, run))
        {
            Cue = cue,
            IsDiscovered = true,
            Suspected = [.. found.Suspects.Select(one => one.Cue)],
            MayBeProven = gravest is null,
        };
    }

    /// <summary>What a repaired network is looked at for: what may be what images show only if it was suspected before. It knows these images by
    /// heart, and of such parts of them it does better with others.</summary>
    public IReadOnlyList<Cue> Further(ImageSet set) =>
        [.. DefaultCues.For(set).Where(cue => cue.Kind is not (CueKind.Content or CueKind.Pose) || Suspected.Contains(cue))];

    /// <summary>What is not surely a fault, and nothing of what is shown: a repair takes nothing else away, so what it wins tells whether it was. A
    /// look or a size is not so: who cannot use it may do as well as who can, and neither is at fault.</summary>
    internal static Cue? Open(IReadOnlyList<Suspect> suspects) =>
        suspects.FirstOrDefault(one => one is { Finding: Finding.Undecided, Cue.IsExtraneous: true })?.Cue;

    /// <summary>The cue that is taken away: of those that are followed as often as the gravest shortcut, or with which all of it is exchanged, the
    /// one that is exchanged most as a whole. What is a statistic of all pixels leaves traces of what was there before, which a network then learns
    /// to read instead.</summary>
    /// <param name="suspects">The gravest first.</param>
    /// <param name="overlap">How much of a cue is exchanged with another.</param>
    internal static Cue? Gravest(IReadOnlyList<Suspect> suspects, Func<Cue, Cue, double> overlap) =>
        suspects.FirstOrDefault(one => one.Finding == Finding.Shortcut) is { } accused
            ? suspects.Where(one => one.Finding != Finding.None && (one.High >= accused.Low
                || (one.Cue.Breadth < accused.Cue.Breadth && overlap(accused.Cue, one.Cue) >= Whole))).MinBy(one => one.Cue.Breadth)!.Cue
            : null;

    private static double Overlap(Classifier model, ImageSet set, Cue read, Cue exchanged, RunContext run)
    {
        using var subject = new ExaminedNetwork(model, set, run);
        return CueOverlap.Of(subject, read, exchanged, new CueSearch([read], Tried).PlanFor(subject, run.Seed));
    }

    private static int AuditedOf(ImageShape shape) => (int)Math.Clamp(AuditedValues / shape.Size, Audited, MostAudited);

    /// <summary>The same case against a further cue as well, which a network follows that can no longer use the first.</summary>
    public FineTuneCase AndAlso(Cue further, ImageSet held, RunContext run)
    {
        Cue both = new Both { First = Cue!, Second = further };
        return this with
        {
            Verdict = $"{Verdict} Without it the network goes on with {Catalog.Write(further)}; both are taken away.",
            Comparison = Counterfactuals.Of(held, both, run),
            Cue = both,
        };
    }

    /// <summary>Compares images whose attribute is another than most of their class's with the others.</summary>
    /// <exception cref="BadInputException">The attribute is missing, or no image contradicts it.</exception>
    public static FineTuneCase ByAttribute(string attribute, Classifier model, ImageSet learned, ImageSet held, RunContext run)
    {
        var comparison = ConflictingImages.ByAttribute(learned, held, attribute);
        int[] others = [.. ConflictingImages.Known(held, attribute).Except(comparison.Places)];
        var called = $"the others whose {attribute} is known";
        return Compared(model, held, comparison, others, called, Supervision.Colors, run) with { Attribute = attribute };
    }

    /// <summary>Compares the environment in which the network does worst, of the images that are learned from, with the others.</summary>
    public static FineTuneCase ByEnvironment(Classifier model, Environments learned, IReadOnlyList<ImageSet> held, RunContext run)
    {
        var worst = Enumerable.Range(0, learned.Sets.Count).MinBy(at => Predictions.Of(model, learned.Sets[at].Take(Audited), run).Accuracy.Value);
        var pooled = new Environments(held).Pooled();
        long[] environments = [.. held.SelectMany((set, at) => Enumerable.Repeat((long)at, set.Count))];
        var comparison = ConflictingImages.ByEnvironment(pooled, environments, worst, held[worst].Name);
        int[] others = [.. Enumerable.Range(0, pooled.Count).Except(comparison.Places)];
        return Compared(model, pooled, comparison, others, "the other environments", Supervision.Environments, run);
    }

    /// <summary>The same case, methods compared by the errors of a network that was trained to be biased.</summary>
    /// <exception cref="BadInputException">It gets none wrong.</exception>
    public FineTuneCase WithErrorsOf(Classifier biased, ImageSet held, RunContext run)
    {
        var comparison = ConflictingImages.ByErrors(held, [biased], run);
        Require.That(
            comparison.Places.Length > 0,
            $"A network trained to be biased gets no held-out image of {held.Name} wrong, so none tells methods apart.");
        return this with { Comparison = comparison };
    }

    private static FineTuneCase Compared(
        Classifier model, ImageSet held, ConflictingImages comparison, int[] others, string called, Supervision known, RunContext run)
    {
        var predictions = Predictions.Of(model, held, run);
        var (here, there) = (predictions.Pick(comparison.Places).Accuracy, predictions.Pick(others).Accuracy);
        var gap = ShortcutTest.Excess(new(there.Value, there.Low, there.High), new(here.Value, here.Low, here.High));
        // A gap alone may be hard images; what a repair wins beyond plain fine-tuning on the same images decides.
        var finding = gap.High < ShortcutTest.Margin ? Finding.None : Finding.Undecided;
        var verdict = $"Of held-out images {comparison.Meaning} it gets {here} right, of {called} {there}: "
            + (finding == Finding.None ? "no difference that matters." : $"a difference of {Numbers.Percent(gap.Value)} "
                + $"({Numbers.Interval(gap.Low, gap.High)}).");
        return new(finding, verdict, known, comparison) { MayBeProven = true };
    }
}
