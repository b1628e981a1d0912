using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>What training makes small: a loss over the answers given in one or more environments.</summary>
[Family("objectives")]
public abstract record Objective
{
    /// <summary>Starts a training; an objective with memory returns a state of its own.</summary>
    public abstract IObjectiveState Begin();

    /// <summary>What it must be told of the data, besides images and labels.</summary>
    public virtual Supervision Needs => Supervision.Nothing;

    /// <summary>Goes on only if there is something to compare: with one environment an objective that compares them is another in disguise.</summary>
    /// <param name="environments">How many environments there will be.</param>
    /// <exception cref="BadInputException">There are too few.</exception>
    internal void CheckEnvironments(int environments) =>
        Require.That(
            environments > 1 || !Needs.HasFlag(Supervision.Environments),
            $"{new Member(GetType()).Name} compares environments, and there is one only; give several sets, an attribute that tells them apart, or the objective erm.");
}

/// <summary>An objective in the course of one training.</summary>
public interface IObjectiveState
{
    /// <summary>The loss of one step.</summary>
    /// <param name="environments">The network's answers in each environment.</param>
    /// <param name="step">Steps taken before this one.</param>
    Loss Of(IReadOnlyList<Answers> environments, int step);

    /// <summary>Whether the optimiser forgets its moments before a step, because the loss jumps there.</summary>
    /// <param name="step">Steps taken before this one.</param>
    bool StartsAnew(int step) => false;

    /// <summary>What it remembers from step to step; kept with the training and handed back, as float64, when that goes on; the training
    /// disposes it.</summary>
    IReadOnlyList<Tensor> Memory { get => []; set { } }
}

/// <summary>An objective that remembers nothing from step to step.</summary>
public abstract record StatelessObjective : Objective, IObjectiveState
{
    /// <inheritdoc/>
    public sealed override IObjectiveState Begin() => this;

    /// <inheritdoc/>
    public abstract Loss Of(IReadOnlyList<Answers> environments, int step);

    /// <summary>The mean over environments of each one's mean loss.</summary>
    protected static Tensor MeanRisk(IReadOnlyList<Answers> environments) => Answers.MeanRisk(environments);
}

/// <summary>What a network answered in one environment.</summary>
/// <param name="logits">float32 (N, K).</param>
/// <param name="labels">int64 (N).</param>
/// <param name="features">float32 (N, F), what its last layer read, before any dropout.</param>
/// <param name="places">int64 (N), the images' places in the environment.</param>
public readonly struct Answers(Tensor logits, Tensor labels, Tensor? features = null, Tensor? places = null)
{
    /// <summary>float32 (N, K).</summary>
    public Tensor Logits { get; } = logits;

    /// <summary>int64 (N).</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>float32 (N, F), what the network's last layer read, before any dropout.</summary>
    public Tensor Features => features ?? throw new InvalidOperationException("These answers came without features.");

    /// <summary>int64 (N), the images' places in the environment.</summary>
    public Tensor Places => places ?? throw new InvalidOperationException("These answers came without places.");

    /// <summary>The mean cross-entropy, in nats.</summary>
    public Tensor Risk() => nn.functional.cross_entropy(Logits, Labels);

    /// <summary>The gradient of each image's cross-entropy by its logits, softmax less one-hot, (N, K).</summary>
    public Tensor Residual() => nn.functional.softmax(Logits, 1) - nn.functional.one_hot(Labels, Logits.shape[1]).to_type(Logits.dtype);

    /// <summary>The mean over environments of each one's mean cross-entropy.</summary>
    public static Tensor MeanRisk(IReadOnlyList<Answers> environments) => stack(environments.Select(answers => answers.Risk())).mean();
}

/// <summary>The loss of one step, with the penalty in it set apart for the curves.</summary>
/// <param name="value">What is differentiated.</param>
/// <param name="penalty">The unweighted penalty, or null where the objective has none.</param>
/// <param name="divisor">What the whole loss was divided by, so that the trainer's own terms can be divided alike.</param>
public readonly struct Loss(Tensor value, Tensor? penalty = null, double divisor = 1)
{
    /// <summary>What is differentiated.</summary>
    public Tensor Value { get; } = value;

    /// <summary>The unweighted penalty, or null where the objective has none.</summary>
    public Tensor? Penalty { get; } = penalty;

    /// <summary>What the whole loss was divided by.</summary>
    public double Divisor { get; } = divisor;
}
