using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Training;

/// <summary>Which epoch's weights are kept, and when training stops early. Only held-out images are asked; the sets that are evaluated
/// select nothing.</summary>
[Family("selections")]
public abstract record Selection
{
    /// <summary>How many sets of held-out images it reads.</summary>
    public virtual int Needs => 0;

    /// <summary>After how many epochs without a better one training stops; 0 for never.</summary>
    public virtual int StopsAfter => 0;

    /// <summary>How good an epoch is; of equally good ones the first is kept.</summary>
    public abstract double Score(EpochRecord epoch);

    /// <summary>The rule in words, printed with every result.</summary>
    public abstract string Rule { get; }
}

/// <summary>The last epoch's weights, whatever they are.</summary>
/// <remarks>No selection at all: the number of epochs is chosen beforehand.</remarks>
public sealed record LastEpoch : Selection
{
    /// <inheritdoc/>
    public override double Score(EpochRecord epoch) => epoch.Epoch;

    /// <inheritdoc/>
    public override string Rule => "the last epoch; no set selected it";
}

/// <summary>The epoch that does best on held-out images of the training distribution.</summary>
/// <remarks>Prechelt, 1998, "Early stopping, but when?"; Gulrajani and Lopez-Paz, 2021, arXiv:2007.01434, call it training-domain
/// validation.</remarks>
/// <param name="By">What is best.</param>
/// <param name="Patience">After how many epochs without a better one training stops; 0 for never.</param>
public sealed record Validation(Measure By = Measure.Accuracy, [Range(0, 100_000)] int Patience = 0) : Selection
{
    /// <inheritdoc/>
    public override int Needs => 1;

    /// <inheritdoc/>
    public override int StopsAfter => Patience;

    /// <inheritdoc/>
    public override double Score(EpochRecord epoch) => By switch
    {
        Measure.Loss => -epoch.Validations.Average(set => set.Loss),
        Measure.WorstClass => epoch.Validations.Min(set => set.WorstClass),
        _ => epoch.Validations.Average(set => set.Accuracy),
    };

    /// <inheritdoc/>
    public override string Rule => $"the epoch with the best {Names.Kebab(By.ToString()).Replace('-', ' ')} on held-out training images";
}

/// <summary>The epoch that fails most on the second held-out set, the reversed one, among those that hold up on the first, their own.</summary>
/// <remarks>Ours: the search for a network that cheats.</remarks>
/// <param name="Own">The accuracy on its own distribution that a network must reach to count, a share of 1.</param>
public sealed record Laziest([Range(0.0, 1.0)] double Own = 0.94) : Selection
{
    /// <inheritdoc/>
    public override int Needs => 2;

    /// <inheritdoc/>
    public override double Score(EpochRecord epoch)
    {
        var (own, reversed) = (epoch.Validations[0].Accuracy, epoch.Validations[1].Accuracy);
        return own >= Own ? 1 - reversed : own - 1;
    }

    /// <inheritdoc/>
    public override string Rule =>
        $"the epoch with the lowest reversed accuracy among those with at least {Own:0.#%} of their own, both on held-out training digits";
}

/// <summary>What is measured on held-out images.</summary>
public enum Measure
{
    /// <summary>The mean share answered right.</summary>
    Accuracy,

    /// <summary>The mean cross-entropy.</summary>
    Loss,

    /// <summary>The accuracy of the class that has the lowest.</summary>
    WorstClass,
}
