using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>A training procedure: the stages of training, and their data, that produce one network.</summary>
[Family("procedures")]
public abstract record Procedure
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Procedure(string spec) => Catalog.Read<Procedure>(spec);

    /// <summary>The procedure for images whose bias attribute is another than <c>color</c>; as it is where it reads none or names its own.</summary>
    internal virtual Procedure For(string attribute) => this;

    /// <summary>The supervision that the procedure needs together with an objective.</summary>
    /// <param name="objective">The objective of the last stage.</param>
    internal abstract Supervision RequiredSupervision(Objective objective);

    /// <summary>Trains a network; the caller disposes it.</summary>
    /// <param name="architecture">The architecture of the network.</param>
    /// <param name="options">The training options of the last stage.</param>
    /// <param name="environments">The training images.</param>
    /// <param name="log">The sets that are evaluated after each epoch, and the folder of metrics and checkpoints.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <exception cref="BadInputException">The environments do not fit each other or the procedure.</exception>
    internal abstract TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run);
}
