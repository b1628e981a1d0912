using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Painting;

namespace Pentimento.Checks;

/// <summary>The network under check with its images; whatever several requirements need is computed once.</summary>
/// <param name="check">The operation, whose inputs other operations get.</param>
/// <param name="network">The network, in evaluation mode.</param>
/// <param name="images">The images, their classes numbered as the network's.</param>
/// <param name="run">Device, seed, progress and cancellation.</param>
internal sealed class CheckSubject(CheckRequirements check, Classifier network, ImageSet images, RunContext run)
{
    private readonly Dictionary<string, object> results = [];
    private Predictions? predictions;
    private Recoloring? recoloring;

    /// <summary>The operation.</summary>
    public CheckRequirements Check => check;

    /// <summary>The file of the network.</summary>
    public NetworkRef Model => check.Model;

    /// <summary>The network.</summary>
    public Classifier Network => network;

    /// <summary>The images.</summary>
    public ImageSet Images => images;

    /// <summary>Device, seed, progress and cancellation.</summary>
    public RunContext Run => run;

    /// <summary>The predicted class of each image.</summary>
    public Predictions Predictions => predictions ??= Predictions.Of(network, images, run);

    /// <summary>How the predictions change with the images' colour.</summary>
    public Recoloring Recoloring => recoloring ??= Recoloring.Of(network, images, Palette.Seed, Predictions, run);

    /// <summary>What an attack reaches, and the places of the images that it fools.</summary>
    public (AttackResult Result, IReadOnlyList<int> Fooled) Attacked(Attack attack)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var attacked = attack.AttackSet(network, images, Criterion.Any, run);
        var outcome = AttackOutcome.Of(network, images, attacked.Images, Criterion.Any, run);
        var result = AttackResult.Of(attack, images, attacked.Images, null, Criterion.Any, outcome) with { Warnings = attacked.Warnings };
        return (result, [.. Enumerable.Range(0, images.Count).Where(at => outcome.Counts[at] && outcome.Fooled[at])]);
    }

    /// <summary>The result of another operation on the same network and images.</summary>
    /// <param name="key">What tells it from others.</param>
    /// <param name="operation">The operation.</param>
    public object ResultOf(string key, Operation operation)
    {
        if (!results.TryGetValue(key, out var result)) results[key] = result = operation.Execute(run);
        return result;
    }
}
