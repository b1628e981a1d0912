using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Training.Procedures;

/// <summary>Group-balanced sampling: one training in which every group, a class in one color, is sampled equally often, whatever its
/// size.</summary>
/// <remarks>
/// Sagawa, Raghunathan, Koh and Liang, 2020, "An investigation of why overparameterization exacerbates spurious correlations",
/// arXiv:2005.04345, there called reweighting by sampling; Idrissi, Arjovsky, Pezeshki and Lopez-Paz, 2022, "Simple data balancing
/// achieves competitive worst-group-accuracy", arXiv:2110.14503.
/// </remarks>
/// <param name="Attribute">The attribute that makes groups together with the label: color, or another attribute of the images.</param>
internal sealed record GroupBalanced(string Attribute = ImageSet.Color) : Procedure
{
    /// <inheritdoc/>
    internal override Procedure For(string attribute) => Attribute == ImageSet.Color ? this with { Attribute = attribute } : this;

    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => Supervision.Colors | objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run) =>
        new SingleStage().Train(
            architecture,
            options,
            environments with
            {
                Weights = [.. environments.Sets.Select(set => Weights(set, Attribute))],
            },
            log,
            run);

    /// <summary>The sampling weight of each image: one over the size of its group.</summary>
    /// <exception cref="BadInputException">The set does not have the attribute.</exception>
    internal static double[] Weights(ImageSet set, string attribute)
    {
        var groups = set.Labels.Zip(set.AttributeOf(attribute)).ToList();
        var sizes = groups.CountBy(group => group).ToDictionary();
        return [.. groups.Select(group => 1.0 / sizes[group])];
    }
}
