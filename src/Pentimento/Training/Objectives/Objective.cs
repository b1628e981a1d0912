using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>What training makes small: a loss over the answers given in one or more environments.</summary>
[Family("objectives")]
public abstract record Objective
{
    /// <summary>Starts a training; an objective with memory returns a state of its own.</summary>
    public abstract IObjectiveState Begin();
}

/// <summary>An objective in the course of one training.</summary>
public interface IObjectiveState
{
    /// <summary>The loss of one step.</summary>
    /// <param name="environments">The network's answers in each environment.</param>
    /// <param name="step">Steps taken before this one.</param>
    Loss Of(IReadOnlyList<Answers> environments, int step);

    /// <summary>What it remembers from step to step, changed in place; kept with the training, so that it can go on.</summary>
    IReadOnlyList<Tensor> Memory => [];
}

/// <summary>An objective that remembers nothing from step to step.</summary>
public abstract record StatelessObjective : Objective, IObjectiveState
{
    /// <inheritdoc/>
    public sealed override IObjectiveState Begin() => this;

    /// <inheritdoc/>
    public abstract Loss Of(IReadOnlyList<Answers> environments, int step);

    /// <summary>The mean over environments of each one's mean loss.</summary>
    protected static Tensor MeanRisk(IReadOnlyList<Answers> environments) => stack(environments.Select(answers => answers.Risk())).mean();
}

/// <summary>What a network answered in one environment.</summary>
/// <param name="logits">float32 (N, K).</param>
/// <param name="labels">int64 (N).</param>
public readonly struct Answers(Tensor logits, Tensor labels)
{
    /// <summary>float32 (N, K).</summary>
    public Tensor Logits { get; } = logits;

    /// <summary>int64 (N).</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>The mean cross-entropy, in nats.</summary>
    public Tensor Risk() => nn.functional.cross_entropy(Logits, Labels);
}

/// <summary>The loss of one step, with the penalty in it set apart for the curves.</summary>
/// <param name="value">What is differentiated.</param>
/// <param name="penalty">The unweighted penalty, or null where the objective has none.</param>
public readonly struct Loss(Tensor value, Tensor? penalty = null)
{
    /// <summary>What is differentiated.</summary>
    public Tensor Value { get; } = value;

    /// <summary>The unweighted penalty, or null where the objective has none.</summary>
    public Tensor? Penalty { get; } = penalty;
}
