using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Reports.Runs;

/// <summary>A finished run as its page shows it: recipe, results, images and provenance.</summary>
public sealed record RunReport
{
    internal RunReport(Recipe recipe, Results results, ArtifactPictures pictures, Provenance provenance) =>
        (Recipe, Results, Pictures, Provenance) = (recipe, results, pictures, provenance);

    /// <summary>The images that were kept.</summary>
    public ArtifactPictures Pictures { get; init; }

    /// <summary>With what and how long it was made.</summary>
    public Provenance Provenance { get; init; }

    /// <summary>The recipe.</summary>
    internal Recipe Recipe { get; init; }

    /// <summary>What was measured.</summary>
    internal Results Results { get; init; }

    /// <summary>Reads a finished run.</summary>
    /// <exception cref="BadInputException">The run is not finished, or its files are not whole.</exception>
    internal static RunReport Read(RunFolder folder)
    {
        Require.That(File.Exists(folder.At("recipe.yaml")), $"{folder.Folder} holds no run: it has no recipe.yaml.");
        var recipe = Recipe.Read(folder.At("recipe.yaml"));
        return new(recipe, RecipeRun.Read(folder), ArtifactPictures.Read(folder, recipe), Provenance.Read(folder));
    }

    /// <summary>The set that the networks learned from, unseen images of the same kind.</summary>
    public string OwnSet => Recipe.Evaluate[0];

    /// <summary>The set with the colours swapped.</summary>
    public string ReversedSet => Recipe.Evaluate[1];

    /// <summary>The same as commands take it, with how it is painted.</summary>
    internal string ReversedData => $"{Recipe.Painted(ReversedSet)}";

    /// <summary>A network's accuracy on its own set.</summary>
    public Share Own(string network) => Accuracy(Results.Of(network, 0));

    /// <summary>A network's accuracy on the reversed set.</summary>
    public Share Reversed(string network) => Accuracy(Results.Of(network, 1));

    /// <summary>How a network's predictions change when the digits of the reversed set are recoloured with every colour.</summary>
    public Recoloring Recolored(string network) => Audit(network).Recoloring;

    /// <summary>What a network's test for the colour found.</summary>
    internal NetworkAudit Audit(string network) => Results.Audit.First(entry => entry.Network == network);

    /// <summary>An evaluation's accuracy as a count of a count.</summary>
    public static Share Accuracy(SetEvaluation evaluation) => new((long)Math.Round(evaluation.Accuracy * evaluation.Count), evaluation.Count);

    /// <summary>The most frequent error: the share of a set's images that are predicted as their pair's other digit.</summary>
    public static Share Swapped(SetEvaluation evaluation) => new(
        evaluation.Confusion.Select((row, label) => (label ^ 1) < row.Count ? (long)row[label ^ 1] : 0).Sum(), evaluation.Count);
}
