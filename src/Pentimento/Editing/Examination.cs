using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>A network examined on one set, before or after an operation. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">How many images.</param>
/// <param name="Accuracy">The share answered right.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="PerClass">The accuracy of each class; null for a class without images.</param>
/// <param name="Confusion">[true class][answer] counts.</param>
/// <param name="Recoloring">What becomes of the answers when the first images wear every colour; null for grey images.</param>
/// <param name="Focus">Where Grad-CAM finds evidence for the answers; null where the network has no maps.</param>
/// <param name="Attack">What an attack achieved; null where none was asked for.</param>
public sealed record Examination(
    string Data, int Count, double Accuracy, double Low, double High, IReadOnlyList<double?> PerClass, IReadOnlyList<IReadOnlyList<int>> Confusion,
    Recoloring? Recoloring, EvidenceLocalization? Focus, AttackResult? Attack)
{
    // Gradients and attacks are slow beside answers; their figures carry intervals.
    private const int Explained = 1000;
    private const int Attacked = 200;

    /// <summary>Examines a network.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images.</param>
    /// <param name="attack">What is done to the first images, or null.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    public static Examination Of(Classifier network, ImageSet set, Attack? attack, RunContext run)
    {
        var answers = Predictor.Classes(network, set, run);
        var judged = SetEvaluation.Of(set, answers, network.Classes);
        return new(
            set.Name,
            judged.Count,
            judged.Accuracy,
            judged.Low,
            judged.High,
            judged.PerClass,
            judged.Confusion,
            set.Shape.Channels == 3 ? Recoloring.Of(network, set.Take(Explained), Palette.Seed, run) : null,
            FocusOf(network, set.Take(Explained), answers, run),
            attack is null ? null : AttackOf(attack, network, set.Take(Attacked), run));
    }

    private static EvidenceLocalization? FocusOf(Classifier network, ImageSet set, long[] answers, RunContext run)
    {
        if (!network.Maps.Any()) return null;
        using var scope = NewDisposeScope();
        var maps = new GradCam().ExplainSet(network, set, answers[..set.Count], network.LastRelu, run);
        return Pentimento.Attribution.EvidenceLocalization.Of(AttributionMethod.Evidence(maps, set.Shape), set, answers[..set.Count]);
    }

    private static AttackResult AttackOf(Attack attack, Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        return AttackResult.Of(attack, network, set, attack.PerturbSet(network, set, Criterion.Any, run), null, Criterion.Any, run);
    }
}
