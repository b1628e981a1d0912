using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>Model selection: the epoch whose weights are kept, and early stopping. It reads held-out images only; the sets that are evaluated
/// select nothing.</summary>
[Family("selections")]
public abstract record Selection
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Selection(string spec) => Catalog.Read<Selection>(spec);

    /// <summary>Number of held-out sets that it reads.</summary>
    public virtual int HeldOutSets => 0;

    /// <summary>Number of epochs without improvement after which training stops; 0 for never.</summary>
    public virtual int StopsAfter => 0;

    /// <summary>The attribute whose groups are measured on the held-out sets after each epoch; null for none.</summary>
    internal virtual string? GroupsBy => null;

    /// <summary>Whether the difference between classes is measured on the held-out sets after each epoch.</summary>
    internal virtual bool ByClasses => false;

    /// <summary>What the selection needs to know of a held-out set.</summary>
    internal SetAccuracy Measured(Classifier network, ImageSet set, RunContext run) => SetAccuracy.Of(network, set, run, GroupsBy, ByClasses);

    /// <summary>The selection for images whose bias attribute is another than <c>color</c>; as it is where it reads none or names its own.</summary>
    internal virtual Selection For(string attribute) => this;

    /// <summary>The score of an epoch, greater is better; of equal ones the first is kept.</summary>
    internal abstract double Score(EpochRecord epoch);

    /// <summary>The rule in words, printed with every result.</summary>
    public abstract string Rule { get; }
}

/// <summary>No selection: the weights of the last epoch.</summary>
/// <remarks>The number of epochs is chosen beforehand.</remarks>
internal sealed record LastEpoch : Selection
{
    /// <inheritdoc/>
    internal override double Score(EpochRecord epoch) => epoch.Epoch;

    /// <inheritdoc/>
    public override string Rule => "the last epoch; no set selected it";
}

/// <summary>The epoch with the best validation metric, on held-out images of the training distribution.</summary>
/// <remarks>Prechelt, 1998, "Early stopping, but when?"; Gulrajani and Lopez-Paz, 2021, arXiv:2007.01434, call it training-domain
/// validation.</remarks>
/// <param name="By">The metric.</param>
/// <param name="Patience">Number of epochs without improvement after which training stops; 0 for never.</param>
internal sealed record Validation(Measure By = Measure.Accuracy, [Range(0, 100_000)] int Patience = 0) : Selection
{
    /// <inheritdoc/>
    public override int HeldOutSets => 1;

    /// <inheritdoc/>
    public override int StopsAfter => Patience;

    /// <inheritdoc/>
    internal override double Score(EpochRecord epoch) => By switch
    {
        Measure.Loss => -epoch.Validations.Average(set => set.Loss),
        Measure.WorstClass => epoch.Validations.Min(set => set.WorstClass),
        _ => epoch.Validations.Average(set => set.Accuracy),
    };

    /// <inheritdoc/>
    public override string Rule => $"the epoch with the best {Names.Kebab(By.ToString()).Replace('-', ' ')} on held-out training images";
}

/// <summary>The epoch with the highest accuracy on the worst group of the held-out images: a class with one value of an attribute.</summary>
/// <remarks>
/// Sagawa, Koh, Hashimoto and Liang, 2020, arXiv:1911.08731, and Koh, Sagawa et al., 2021, "WILDS", arXiv:2012.07421, select so; it needs the
/// attribute of held-out images, not of those that are learned from.
/// </remarks>
/// <param name="Attribute">The attribute that makes groups together with the label.</param>
/// <param name="Patience">Number of epochs without improvement after which training stops; 0 for never.</param>
internal sealed record WorstGroup(string Attribute = ImageSet.Color, [Range(0, 100_000)] int Patience = 0) : Selection
{
    /// <inheritdoc/>
    public override int HeldOutSets => 1;

    /// <inheritdoc/>
    public override int StopsAfter => Patience;

    /// <inheritdoc/>
    internal override string? GroupsBy => Attribute;

    /// <inheritdoc/>
    internal override Selection For(string attribute) => Attribute == ImageSet.Color ? this with { Attribute = attribute } : this;

    /// <inheritdoc/>
    internal override double Score(EpochRecord epoch) => epoch.Validations.Min(set => set.WorstGroup ?? 0);

    /// <inheritdoc/>
    public override string Rule => $"the epoch with the best worst group (label and {Attribute}) on held-out training images";
}

/// <summary>The epoch whose accuracy differs least between the classes of the held-out images.</summary>
/// <remarks>
/// Li, Liu and Hu, 2023, "Bias amplification enhances minority group performance" (BAM), arXiv:2309.06717, who found the worst group best where
/// classes are most alike: it needs no attribute. Here the difference is a mean over pairs of classes.
/// </remarks>
internal sealed record ClassDifference : Selection
{
    /// <inheritdoc/>
    public override int HeldOutSets => 1;

    /// <inheritdoc/>
    internal override bool ByClasses => true;

    /// <inheritdoc/>
    internal override double Score(EpochRecord epoch) => -epoch.Validations.Average(set => set.ClassDifference ?? 1);

    /// <inheritdoc/>
    public override string Rule => "the epoch whose accuracy differs least between the classes of held-out training images";
}

/// <summary>The epoch with the lowest accuracy on the second held-out set, the reversed one, among those that are accurate in distribution, on
/// the first.</summary>
/// <remarks>Ours: the search for a network that relies on the shortcut.</remarks>
/// <param name="Own">The in-distribution accuracy that an epoch must reach to count, a share of 1.</param>
internal sealed record Laziest([Range(0.0, 1.0)] double Own = 0.94) : Selection
{
    /// <inheritdoc/>
    public override int HeldOutSets => 2;

    /// <inheritdoc/>
    internal override double Score(EpochRecord epoch)
    {
        var (own, reversed) = (epoch.Validations[0].Accuracy, epoch.Validations[1].Accuracy);
        return own >= Own ? 1 - reversed : own - 1;
    }

    /// <inheritdoc/>
    public override string Rule =>
        $"the epoch with the lowest reversed accuracy among those with at least {Own:0.#%} of their own, both on held-out training digits";
}

/// <summary>The metric on held-out images by which an epoch is selected.</summary>
internal enum Measure
{
    /// <summary>The mean accuracy over the held-out sets.</summary>
    Accuracy,

    /// <summary>The mean cross-entropy.</summary>
    Loss,

    /// <summary>The accuracy of the class that has the lowest.</summary>
    WorstClass,
}
