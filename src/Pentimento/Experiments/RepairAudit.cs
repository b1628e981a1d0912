using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Experiments;

/// <summary>What the bench knows of the network's shortcut before anything is trained.</summary>
/// <param name="Finding">What the audit of the colours found; undecided where images have none.</param>
/// <param name="Verdict">The same in a sentence.</param>
/// <param name="Comparison">The held-out images in the colour of another class; null where colours cannot be judged by recolouring. All of them are
/// painted: those few that come in another colour the network has learned from, and may know by heart.</param>
internal sealed record RepairAudit(Finding Finding, string Verdict, HeldOutComparison? Comparison)
{
    // The interval is narrow enough at this number of images, each recoloured in every colour.
    private const int Audited = 2000;

    /// <summary>Audits a network on held-out images.</summary>
    /// <param name="model">The network that is to be repaired.</param>
    /// <param name="all">The held-out images.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public static RepairAudit Of(Classifier model, ImageSet all, RunContext run)
    {
        if (all.Shape.Channels != 3 || model.Shape != all.Shape)
            return new(Finding.Undecided, "Whether it has a shortcut is unknown: the images have no colours that could be changed.", null);
        var set = ClassAgreement.Fitted(model, all.Take(Audited));
        var before = Predictions.Of(model, set, run);
        var parts = ColorAudit.Of(model, set, null, before, run);
        var (suspect, finding, verdict) = (parts[0], ColorAudit.Finding(parts), RecoloringVerdict.Of(parts));
        if (finding == Finding.Shortcut && ShortcutTest.LearnedLittle(before.Accuracy.Value, set.Labels.Distinct().Count()))
            (finding, verdict) = (Finding.Undecided, $"{verdict} But it is right in {before.Accuracy} only: it has learned too little to tell.");
        return new(
            finding,
            verdict,
            suspect.Test is { IsPaintable: true }
                ? Counterfactuals.Of(all, suspect.Recolored == "ground" ? new Background() : new Color(), run)
                : null);
    }
}
