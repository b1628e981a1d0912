using Pentimento.Evaluation;

namespace Pentimento.Studies.Parts;

/// <summary>The least evidence on which a study judges the seed report.</summary>
internal static class StudyEvidence
{
    /// <summary>The epochs that the report trained with.</summary>
    public const int Epochs = 30;

    private const int Looked = 1000;
    private const int Attacked = 200;
    // The report's own trainings: its cheater, and the two that it forced to learn shape with what they are compared with.
    private static readonly string[] Long = ["cheater", "pooled", "irm", "rex"];

    /// <summary>What a recipe lacks, in words.</summary>
    public static IReadOnlyList<string> Lacks(StudyRecipe recipe)
    {
        var lacks = new List<string>();
        if (recipe.Limit > 0) lacks.Add($"{Numbers.Counted(recipe.Limit, "image")} of each set instead of all");
        var few = recipe.Networks.Where(trained => trained.Seeds.Count < Rulings.LeastTrainings).ToList();
        if (few.Count > 0)
            lacks.Add($"fewer than {Rulings.LeastTrainings} trainings of {string.Join(", ", few.Select(trained => trained.Name))}");
        var brief = recipe.Networks.Where(trained => Long.Contains(trained.Name) && trained.Training.Training.Epochs < Epochs).ToList();
        if (brief.Count > 0)
            lacks.Add($"fewer than the report's {Epochs} epochs of {string.Join(", ", brief.Select(trained => trained.Name))}");
        if (recipe.Looked < Looked) lacks.Add($"{Numbers.Counted(recipe.Looked, "image")} probed and explained instead of {Numbers.Whole(Looked)}");
        if (recipe.Attacked < Attacked) lacks.Add($"{Numbers.Counted(recipe.Attacked, "image")} attacked instead of {Attacked}");
        return lacks;
    }
}
