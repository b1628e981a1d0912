using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>The evaluation, audit and robustness of a network on one set, before or after an edit. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Accuracy">The fraction of correct predictions.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="PerClass">The accuracy of each class; null for a class without images.</param>
/// <param name="Confusion">[true class][predicted class] counts.</param>
/// <param name="Recoloring">Counterfactual recolouring of the first images; null for grey images.</param>
/// <param name="Focus">Localization of Grad-CAM's evidence for the predicted classes; null where the network has no maps.</param>
/// <param name="Attack">The result of an attack; null where none was requested.</param>
internal sealed record Examination(
    string Data, int Count, double Accuracy, double Low, double High, IReadOnlyList<double?> PerClass, IReadOnlyList<IReadOnlyList<int>> Confusion,
    Recoloring? Recoloring, EvidenceLocalization? Focus, AttackResult? Attack)
{
    // Gradients and attacks are slow beside predictions; their figures carry intervals.
    private const int Explained = 1000;
    private const int Attacked = 200;

    /// <summary>Evaluates a network; predictions are computed once.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images.</param>
    /// <param name="attack">The attack on the first images, or null.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    internal static Examination Of(Classifier network, ImageSet set, Attack? attack, RunContext run)
    {
        var predictions = Predictions.Of(network, set, run);
        var evaluation = SetEvaluation.Of(predictions);
        var places = set.Drawn(Explained);
        var (some, predicted) = (set.Pick(places), predictions.Pick(places));
        return new(
            set.Name,
            evaluation.Count,
            evaluation.Accuracy,
            evaluation.Low,
            evaluation.High,
            evaluation.PerClass,
            evaluation.Confusion,
            set.Shape.Channels == 3 ? Recoloring.Of(network, some, Palette.Seed, predicted, run) : null,
            LocalizationOf(network, some, predicted.Classes, run),
            attack is null ? null : AttackOf(attack, network, set.Take(Attacked), run));
    }

    private static EvidenceLocalization? LocalizationOf(Classifier network, ImageSet set, long[] predictions, RunContext run)
    {
        if (!network.HasMaps) return null;
        using var scope = NewDisposeScope();
        var maps = new GradCam().ExplainSet(network, set, predictions, network.LastRelu, run);
        return Pentimento.Attribution.EvidenceLocalization.Of(AttributionMethod.Evidence(maps, set.Shape), set, predictions);
    }

    private static AttackResult AttackOf(Attack attack, Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        return AttackResult.Of(attack, network, set, attack.PerturbSet(network, set, Criterion.Any, run), null, Criterion.Any, run);
    }
}
