using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Augmentations;

namespace Pentimento.Experiments;

/// <summary>A way to take a cue away from a trained network.</summary>
/// <param name="Name">How tables call it.</param>
/// <param name="Trains">Whether all its weights are trained on, so that seeds differ.</param>
/// <param name="Apply">Changes the network's weights.</param>
internal sealed record CueMethod(string Name, bool Trains, Action<Classifier, CueTraining, RunContext> Apply)
{
    /// <summary>Every method there is.</summary>
    public static IReadOnlyList<CueMethod> All { get; } =
    [
        new("cue-swap", true, Train),
        new("cue-swap-last-layer", false, CueLastLayer.Refit),
        new("cue-projection", false, CueLastLayer.Project),
    ];

    /// <summary>The methods of these names, or all.</summary>
    /// <exception cref="BadInputException">There is no method of a name.</exception>
    public static IReadOnlyList<CueMethod> Among(IReadOnlyList<string> names)
    {
        var unknown = names.FirstOrDefault(name => All.All(method => method.Name != name));
        Require.That(
            unknown is null, $"There is no method '{unknown}' against a cue; {Names.Suggest(unknown ?? "", [.. All.Select(method => method.Name)])}");
        return names.Count == 0 ? All : [.. All.Where(method => names.Contains(method.Name))];
    }

    private static void Train(Classifier network, CueTraining training, RunContext run) => Trainer.Train(
        network, training.Options with { Augment = new CueSwap { Cue = training.Cue } }, new([training.Images]), TrainingLog.Empty, run);
}

/// <summary>What methods against a cue learn from.</summary>
/// <param name="Cue">The cue.</param>
/// <param name="Images">The images.</param>
/// <param name="Options">Epochs, batch and optimizer, where all weights are trained on.</param>
internal sealed record CueTraining(Cue Cue, ImageSet Images, TrainingOptions Options);
