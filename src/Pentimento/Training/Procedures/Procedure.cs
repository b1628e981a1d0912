using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training.Objectives;

namespace Pentimento.Training.Procedures;

/// <summary>How many trainings, on what, make one network.</summary>
[Family("procedures")]
public abstract record Procedure
{
    /// <summary>What the procedure must be told of the data to teach with an objective.</summary>
    /// <param name="objective">The objective of the last stage.</param>
    public abstract Supervision Needs(Objective objective);

    /// <summary>Trains a network; the caller disposes it.</summary>
    /// <param name="architecture">What is built.</param>
    /// <param name="course">How the network is taught in the last stage.</param>
    /// <param name="environments">The training images.</param>
    /// <param name="logbook">What is measured on the way, and where the trainings go on from if they were cut short.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    /// <exception cref="BadInputException">The environments do not fit each other or the procedure.</exception>
    public abstract Trained Train(Architecture architecture, Course course, Environments environments, TrainingLog logbook, RunContext run);
}

/// <summary>A network with the record of its training.</summary>
/// <param name="network">In evaluation mode.</param>
/// <param name="history">The last stage's epochs.</param>
public readonly struct Trained(Classifier network, IReadOnlyList<EpochRecord> history)
{
    /// <summary>In evaluation mode.</summary>
    public Classifier Network { get; } = network;

    /// <summary>The last stage's epochs.</summary>
    public IReadOnlyList<EpochRecord> History { get; } = history;
}
