using Pentimento.Attacks;
using Pentimento.Checks;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Reports.Documents;

namespace Pentimento.Reports.Cards;

/// <summary>The card of the network that a recipe of named operations measured: evaluate, audit, discover, attack, check, train.</summary>
/// <remarks>Where steps measure several networks, the card is of the one that most of them name.</remarks>
internal static class StepsCard
{
    private const string RecipeName = "recipe.yaml";
    private const int MostGroups = 10;
    private const string NotLookedFor = "Shortcuts other than those above were not looked for (`pentimento discover` does).";

    /// <summary>Reads the card off a run.</summary>
    /// <exception cref="BadInputException">No step measured a network, or the run is not finished.</exception>
    public static ModelCard Of(RunFolder folder)
    {
        var recipe = StepsRecipe.Read(folder.At(RecipeName));
        var subject = recipe.Steps.Select(step => NetworkOf(step.Operation)).OfType<string>()
            .GroupBy(model => model).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;
        Require.That(subject is not null, $"No step of {folder.Folder} measures a network, so there is nothing for a model card.");
        var measured = recipe.Steps.Where(step => NetworkOf(step.Operation) == subject).ToList();
        var trained = recipe.Steps.Where(step => $"step:{step.Name}" == subject && step.Operation is Train).ToList();
        IReadOnlyList<string> findings = [.. measured.SelectMany(step => Findings(step, folder))];
        return new(Path.GetFileName(subject.Replace("step:", "")), Summary(measured, folder))
        {
            Details =
            [
                "**Kind:** image classifier, images in [0, 1] as RGB, one logit a class.",
                $"**File:** {MarkdownText.Code(subject)}; measured by the recipe {MarkdownText.Code(recipe.Name)}, seed {recipe.Seed}.",
            ],
            Uses = "To be filled in by whoever publishes it: nothing was measured on images of other kinds than those below.",
            Risks = [.. findings, .. measured.Any(step => step.Operation is Discover) ? Array.Empty<string>() : [NotLookedFor]],
            Rows = [.. measured.SelectMany(step => Rows(step, folder))],
            Training = trained.Count == 0
                ? ["Not known here: the network came as a file."]
                : [.. trained.Select(step => TrainingOf((Train)step.Operation))],
            Commands = [$"pentimento run {ShellWord.Quoted(Path.GetFileName(folder.Folder))}/{RecipeName}"],
        };
    }

    /// <summary>What an attack reached, in a sentence.</summary>
    public static string Sentence(AttackResult attack) =>
        $"Attack `{Catalog.Write(attack.Attack)}` fools {Numbers.Percent(attack.SuccessRate)} ({Numbers.Interval(attack.Low, attack.High)}) of "
            + $"{Numbers.Counted(attack.Count, "image")}.";

    private static string? NetworkOf(Operation operation) => operation switch
    {
        Evaluate one => one.Model.File,
        Audit one => one.Model.File,
        Discover one => one.Model.File,
        AttackImages one => one.Model.File,
        CheckRequirements one => one.Model.File,
        _ => null,
    };

    private static string Summary(IReadOnlyList<NamedOperation> steps, RunFolder folder) => string.Join(
        ' ', steps.Select(step => step.Operation switch
    {
        Audit => folder.Result<AuditResult>(step.Name).Verdict,
        Discover => folder.Result<DiscoverResult>(step.Name).Verdict,
        CheckRequirements => folder.Result<CheckResult>(step.Name).Verdict,
        _ => "",
    }).Where(sentence => sentence.Length > 0).DefaultIfEmpty("Its accuracy was measured; no shortcut was looked for."));

    private static IEnumerable<string> Findings(NamedOperation step, RunFolder folder)
    {
        switch (step.Operation)
        {
            case Audit:
                var audit = folder.Result<AuditResult>(step.Name);
                var audited = $"{MarkdownText.Code(audit.Data)}, {Numbers.Counted(audit.Count, "image")}";
                yield return $"Audit on {audited}: {Effect(audit.Followed, audit.Control)}.";
                break;
            case Discover:
                var discovered = folder.Result<DiscoverResult>(step.Name);
                var looked = $"{Numbers.Counted(discovered.Cues.Count, "cue")} on {MarkdownText.Code(discovered.Data)}, "
                    + $"{Numbers.Counted(discovered.Count, "image")}";
                yield return $"Looked for {looked}; {discovered.Suspects.Count(suspect => suspect.Finding == Finding.Shortcut)} shortcuts found.";
                foreach (var suspect in discovered.Suspects)
                {
                    var followed = new ConfidenceInterval(suspect.Followed, suspect.Low, suspect.High);
                    yield return $"Cue {MarkdownText.Code(Catalog.Write(suspect.Cue))}, {suspect.Finding.ToString().ToLowerInvariant()}: "
                        + $"{Effect(followed, suspect.Control)}. {MarkdownText.Plain(suspect.Reason)}";
                }

                break;
            case AttackImages:
                yield return Sentence(folder.Result<AttackResult>(step.Name));
                break;
            case CheckRequirements:
                foreach (var row in folder.Result<CheckResult>(step.Name).Requirements)
                    yield return $"Requirement {MarkdownText.Code(row.Requirement)}: {MarkdownText.Plain(row.Message)}";
                break;
        }
    }

    private static string Effect(ConfidenceInterval? followed, Control? control)
    {
        var effect = followed is null ? "how far predictions follow the cue was not measured"
            : $"predictions follow the cue by {Numbers.Percent(followed.Value)} ({Numbers.Interval(followed.Low, followed.High)})";
        return control is null ? effect
            : $"{effect}; the control ({MarkdownText.Plain(control.Kind)}): {Numbers.Percent(control.Value)} "
                + $"({Numbers.Interval(control.Low, control.High)})";
    }

    private static IEnumerable<CardRow> Rows(NamedOperation step, RunFolder folder)
    {
        if (step.Operation is not Evaluate) yield break;
        foreach (var set in folder.Result<EvaluateResult>(step.Name).Evaluations)
        {
            yield return new(set.Data, set.Count, set.Accuracy, set.Low, set.High, set.WorstGroupVerdict ?? "");
            // By the upper end: a group of two images that are both wrong is no worse than one of two hundred.
            var groups = (set.Groups ?? []).Where(group => group.Accuracy is not null).OrderBy(group => group.High).ToList();
            foreach (var (at, group) in groups.Take(MostGroups).Index())
            {
                var rest = at == MostGroups - 1 && groups.Count > MostGroups ? $"{groups.Count - MostGroups} further groups are left out" : "";
                yield return new($"{set.Data}: {group}", group.Count, group.Accuracy!.Value, group.Low, group.High, rest, IsWholeSet: false);
            }
        }
    }

    private static string TrainingOf(Train train) => $"**Data:** {string.Join(", ", train.Data.Select(data => MarkdownText.Code(data.Text)))}; "
        + $"{Numbers.Counted(train.Training.Epochs, "epoch")}, objective `{Catalog.Write(train.Training.Objective)}`.";
}
