using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training.Objectives;

namespace Pentimento.Training.Procedures;

/// <summary>One training in which every group, a class in one colour, is shown equally often, however few its images are.</summary>
/// <remarks>
/// Sagawa, Raghunathan, Koh and Liang, 2020, "An investigation of why overparameterization exacerbates spurious correlations",
/// arXiv:2005.04345, there called
/// reweighting by sampling; Idrissi, Arjovsky, Pezeshki and Lopez-Paz, 2022, "Simple data balancing achieves competitive
/// worst-group-accuracy", arXiv:2110.14503.
/// </remarks>
/// <param name="Attribute">What makes groups together with the label: colors, or another attribute of the images.</param>
public sealed record GroupBalanced(string Attribute = "colors") : Procedure
{
    /// <inheritdoc/>
    public override Supervision Needs(Objective objective) => Supervision.Colors | objective.Needs;

    /// <inheritdoc/>
    public override Trained Train(Architecture architecture, Course course, Environments environments, TrainingLog logbook, RunContext run) =>
        new SingleStage().Train(
            architecture,
            course,
            environments with
            {
                Weights = [.. environments.Sets.Select(set => Weights(set, Attribute))],
            },
            logbook,
            run);

    /// <summary>One over the number of images in each image's group.</summary>
    /// <exception cref="BadInputException">The set does not have the attribute.</exception>
    internal static double[] Weights(ImageSet set, string attribute)
    {
        var groups = set.Labels.Zip(set.AttributeOf(attribute)).ToList();
        var sizes = groups.CountBy(group => group).ToDictionary();
        return [.. groups.Select(group => 1.0 / sizes[group])];
    }
}
