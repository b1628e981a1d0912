using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>A training objective: the loss to minimize, over a network's outputs in one or more environments.</summary>
[Family("objectives")]
public abstract record Objective
{
    /// <summary>Creates the state of one training; an objective without state returns itself.</summary>
    public abstract IObjectiveState Begin();

    /// <summary>The supervision that the loss needs besides images and labels.</summary>
    public virtual Supervision RequiredSupervision => Supervision.Nothing;

    /// <summary>Goes on only if there is something to compare: with one environment an objective that compares them is another in disguise.</summary>
    /// <param name="environments">Number of environments.</param>
    /// <exception cref="BadInputException">There are too few.</exception>
    internal void CheckEnvironments(int environments) =>
        Require.That(
            environments > 1 || !RequiredSupervision.HasFlag(Supervision.Environments),
            $"{new Member(GetType()).Name} compares environments, and there is one only; give several sets, an attribute that tells them apart, "
                + $"or the objective erm.");
}

/// <summary>An objective's loss function with its buffers, for one training.</summary>
public interface IObjectiveState
{
    /// <summary>Computes the loss of one step.</summary>
    /// <param name="environments">The network's outputs in each environment.</param>
    /// <param name="step">Steps taken before this one.</param>
    ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step);

    /// <summary>Whether the optimizer's moments are reset before a step, because the loss jumps there.</summary>
    /// <param name="step">Steps taken before this one.</param>
    bool ResetsOptimizer(int step) => false;

    /// <summary>The tensors that are carried from step to step; saved in checkpoints, set as float64 when a training resumes, and disposed by
    /// the training.</summary>
    IReadOnlyList<Tensor> Buffers { get => []; set { } }
}
