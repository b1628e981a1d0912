using Pentimento.Reports.Runs;

namespace Pentimento.Studies.Parts;

/// <summary>The seed report from its first chapter to its last, in one run folder that can be continued, with a verdict on each of its
/// claims.</summary>
public sealed record Study
{
    internal Study(StudyRecipe recipe, IReadOnlyList<StudyPart> parts, Provenance provenance) =>
        (Recipe, Parts, Provenance) = (recipe, parts, provenance);

    /// <summary>The chapters.</summary>
    public IReadOnlyList<StudyPart> Parts { get; init; }

    /// <summary>With what and how long it was made.</summary>
    public Provenance Provenance { get; init; }

    /// <summary>What was asked.</summary>
    internal StudyRecipe Recipe { get; init; }

    /// <summary>Every claim, with the chapter that judges it.</summary>
    public IEnumerable<(StudyPart Part, Claim Claim)> Claims => Parts.SelectMany(part => part.Claims.Select(claim => (part, claim)));

    /// <summary>What the study lacks of the evidence that verdicts need; empty where it has enough.</summary>
    public IReadOnlyList<string> Lacks => StudyEvidence.Lacks(Recipe);

    /// <summary>The same study with a verdict on each claim, corrected for the number of all of them.</summary>
    internal Study Judged()
    {
        var judged = new Queue<Claim>(Rulings.Decide([.. Claims.Select(entry => entry.Claim)], Lacks.Count == 0));
        return this with { Parts = [.. Parts.Select(part => part with { Claims = [.. part.Claims.Select(_ => judged.Dequeue())] })] };
    }
}
