using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Augmentations;
using Pentimento.Training.Objectives;
using Pentimento.Training.Procedures;

namespace Pentimento.Experiments;

/// <summary>A way to repair a network that begins with its own weights.</summary>
/// <param name="Name">How tables call it.</param>
/// <param name="Needs">What must be known of the images.</param>
/// <param name="Trains">Whether all its weights are trained on, so that seeds differ.</param>
/// <param name="Apply">Changes the network's weights.</param>
internal sealed record FineTuneMethod(string Name, Supervision Needs, bool Trains, Action<Classifier, FineTuneTraining, RunContext> Apply)
{
    /// <summary>The control of all others: the same images, steps and optimizer, and nothing done against the shortcut.</summary>
    public const string Control = "fine-tune";

    private const Supervision CueOrAttribute = Supervision.Nuisance | Supervision.Colors;

    /// <summary>Whether it is tried only where it is asked for by its name.</summary>
    public bool IsOnRequest { get; init; }

    /// <summary>What it uses where it is known, and does without elsewhere.</summary>
    public Supervision Uses { get; init; }

    /// <summary>Every method there is.</summary>
    public static IReadOnlyList<FineTuneMethod> All { get; } =
    [
        new(Control, Supervision.Nothing, true, Plain),
        new("cue-swap", Supervision.Nuisance, true, Swap),
        new("cue-swap-half", Supervision.Nuisance, true, SwapHalf) { IsOnRequest = true },
        new("cue-swap-last-layer", Supervision.Nuisance, false, CueLastLayer.Refit),
        new("cue-projection", Supervision.Nuisance, false, CueLastLayer.Project),
        new("group-balanced", Supervision.Colors, true, Balanced),
        new("last-layer-retraining", Supervision.Colors, false, LastLayerOfGroups),
        new("group-dro", Supervision.Environments, true, (network, training, run) => Environmental(network, training, new GroupDro(), run)),
        new("v-rex", Supervision.Environments, true, (network, training, run) =>
            Environmental(network, training, new VarianceRiskExtrapolation(Weight: 10, WarmUp: 100), run)),
        new("neuron-tuning", Supervision.Nothing, false, (network, training, run) =>
            new NeuronTuning().Tune(network, training.Images, run)) { IsOnRequest = true },
        new("confusion-balanced", Supervision.Nothing, true, (network, training, run) =>
            ByProcedure(network, training, new ConfusionBalanced(), run)) { IsOnRequest = true },
        new("shortcut-prior", Supervision.Nothing, true, (network, training, run) =>
            ByProcedure(network, training, new ShortcutPrior(), run)) { IsOnRequest = true },
        new("unsupervised-logit-adjustment", Supervision.Nothing, true, (network, training, run) =>
            ByProcedure(network, training, new UnsupervisedLogitAdjustment(ViewEpochs: 0), run)) { IsOnRequest = true },
        new("bias-amplification", Supervision.Nothing, true, (network, training, run) =>
            ByProcedure(network, training, new BiasAmplification(), run)) { IsOnRequest = true },
        new("diverse-prototypes", Supervision.Nothing, false, Prototypes) { IsOnRequest = true, Uses = Supervision.Colors },
        new("invariant-subnetwork", Supervision.Nothing, true, (network, training, run) =>
            FineTuneSubnetwork.Extract(network, training, Pruned.Units, run)) { IsOnRequest = true, Uses = CueOrAttribute },
        new("invariant-subnetwork-weights", Supervision.Nothing, true, (network, training, run) =>
            FineTuneSubnetwork.Extract(network, training, Pruned.Weights, run)) { IsOnRequest = true, Uses = CueOrAttribute },
        new("concept-removal", Supervision.Nothing, false, ConceptRemoval.Apply) { IsOnRequest = true, Uses = Supervision.Nuisance },
    ];

    /// <summary>The methods that can be used by who knows this, or those of these names; the control always first.</summary>
    /// <exception cref="BadInputException">There is no method of a name, or it needs more.</exception>
    public static IReadOnlyList<FineTuneMethod> For(Supervision known, IReadOnlyList<string> names)
    {
        CheckNames(names);
        foreach (var method in All.Where(method => names.Contains(method.Name)))
        {
            Require.That(
                known.HasFlag(method.Needs),
                $"{method.Name} needs {Wanted(method.Needs)}, which nobody said; "
                    + $"{Names.Suggest(method.Name, All.Where(one => known.HasFlag(one.Needs)).Select(one => one.Name))}");
        }

        return [.. All.Where(method => method.Name == Control || (names.Count > 0
            ? names.Contains(method.Name)
            : !method.IsOnRequest && known.HasFlag(method.Needs)))];
    }

    /// <summary>Whether none of some methods goes without a cue.</summary>
    public static bool NeedCue(IReadOnlyList<string> names) =>
        All.Where(method => names.Contains(method.Name)).All(method => method.Needs.HasFlag(Supervision.Nuisance));

    /// <summary>Passes only if there is a method of each name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static void CheckNames(IReadOnlyList<string> names)
    {
        var unknown = names.FirstOrDefault(name => All.All(method => method.Name != name));
        Require.That(
            unknown is null,
            $"There is no method '{unknown}' that begins with the network's weights; "
                + $"{Names.Suggest(unknown ?? "", [.. All.Select(method => method.Name)])}");
    }

    private static string Wanted(Supervision needs) => needs switch
    {
        Supervision.Nuisance => "a cue (--against)",
        Supervision.Environments => "environments (several sets after --data)",
        _ => "an attribute (--attribute)",
    };

    private static void Plain(Classifier network, FineTuneTraining training, RunContext run) =>
        Trainer.Train(network, training.Options, new([training.Images]), TrainingLog.Empty, run);

    private static void Swap(Classifier network, FineTuneTraining training, RunContext run) => Swap(network, training, 1, run);

    // In the other half the cue goes on to say the class: less of it is unlearned, and less accuracy is lost that hung on it.
    private static void SwapHalf(Classifier network, FineTuneTraining training, RunContext run) => Swap(network, training, 0.5, run);

    private static void Swap(Classifier network, FineTuneTraining training, double probability, RunContext run)
    {
        // A cue was fitted to the images as they are.
        var swap = new CueSwap { Cue = training.Cue!, Probability = probability };
        Augmentation all = training.Options.Augment is Unchanged ? swap : new Chain { First = swap, Then = training.Options.Augment };
        Trainer.Train(network, training.Options with { Augment = all }, new([training.Images]), TrainingLog.Empty, run);
    }

    private static void Balanced(Classifier network, FineTuneTraining training, RunContext run)
    {
        var known = training.KnownImages;
        Trainer.Train(
            network, training.Options, new([known]) { Weights = [GroupBalanced.Weights(known, training.Attribute!)] }, TrainingLog.Empty, run);
    }

    private static void LastLayerOfGroups(Classifier network, FineTuneTraining training, RunContext run) =>
        new LastLayerRetraining { Attribute = training.Attribute! }.Retrain(network, [training.KnownImages], run);

    // Of groups where an attribute makes them, else of classes.
    private static void Prototypes(Classifier network, FineTuneTraining training, RunContext run) => (training.Attribute is { } attribute
        ? new DiversePrototypes { Balance = SubsetBalance.Groups, Attribute = attribute }
        : new DiversePrototypes()).Replace(network, training.Attribute is null ? training.Images : training.KnownImages, run);

    private static void Environmental(Classifier network, FineTuneTraining training, Objective objective, RunContext run) => Trainer.Train(
        network, training.Options with { Objective = objective }, training.Environments, TrainingLog.Empty, run);

    /// <summary>Trains by a procedure whose every stage begins with the network's weights.</summary>
    private static void ByProcedure(Classifier network, FineTuneTraining training, Procedure procedure, RunContext run)
    {
        using var trained = procedure.Train(training.Begin, training.Options, new([training.Images]), TrainingLog.Empty, run).Network;
        Weights.Put(network, Weights.Of(trained), Catalog.NameOf(procedure));
    }
}

/// <summary>What methods learn from.</summary>
/// <param name="Images">The images, all environments together.</param>
/// <param name="Options">Epochs, batch and optimizer, where all weights are trained on.</param>
/// <param name="Begin">Builds the network with the weights that it came with.</param>
internal sealed record FineTuneTraining(ImageSet Images, TrainingOptions Options, Architecture Begin)
{
    // Where plain fine-tuning surely loses so much on images as they are, its steps were too long: of networks of digits and clothes it lost 0.002.
    private const double Harm = 0.05;
    private const double Slower = 1 / 3.0;
    private const double LeastRate = 1e-5;

    /// <summary>The cue that misleads; null where none is known.</summary>
    public Cue? Cue { get; init; }

    /// <summary>The attribute that misleads; null where none is known.</summary>
    public string? Attribute { get; init; }

    /// <summary>The images by environment.</summary>
    public Environments Environments { get; init; } = new([Images]);

    /// <summary>The images whose attribute is known.</summary>
    public ImageSet KnownImages => Images.Pick(ConflictingImages.Known(Images, Attribute!));

    /// <summary>The same with a third of the learning rate where plain fine-tuning did harm; null where it did none, or the rate is low already.
    /// </summary>
    public FineTuneTraining? SlowerAfter(FineTuneAttempt before, FineTuneAttempt? control)
    {
        if (control is null || Options.Optimizer is not Adam { LearningRate: > LeastRate } adam) return null;
        var lost = PairedDifference.Of([.. before.Outcome.Own.Zip(control.Outcome.Own, (was, now) => (was ? 1.0 : 0) - (now ? 1.0 : 0))]);
        return lost.Low < Harm ? null : this with { Options = Options with { Optimizer = adam with { LearningRate = adam.LearningRate * Slower } } };
    }
}
