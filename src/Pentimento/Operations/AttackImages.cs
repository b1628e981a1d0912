using System.ComponentModel.DataAnnotations;
using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Operations;

/// <summary>Perturbs images, hardly visibly, so that a network misclassifies them.</summary>
/// <remarks>
/// Every image of the set (or of --source) is attacked, in order; the success rate counts only those that were predicted correctly before and, with
/// --target, are not of its class.
/// </remarks>
/// <example>
/// pentimento attack lazy.safetensors --data rg_95z --limit 500 --with pgd:radius=0.05,steps=40
/// pentimento attack lazy.safetensors --data rg_95z --with pgd:radius=0.05 --source 7 --target 3 --save fooled.npz --out fooled.png
/// pentimento attack lazy.safetensors --data rg_95z --limit 200 --with carlini-wagner --target least-likely
/// pentimento attack lazy.safetensors --data rg_95z --limit 500 --with auto-attack:radius=0.05
/// </example>
[Called("attack")]
public sealed record AttackImages : NetworkOperation<AttackResult>
{
    /// <summary>The set to attack on.</summary>
    public required DataRef Data { get; init; }

    /// <summary>The attack.</summary>
    [Called("with")]
    public Attack Attack { get; init; } = new Pgd();

    /// <summary>Attack only images of this class.</summary>
    [Form("K")]
    [Range(0, int.MaxValue)]
    public int? Source { get; init; }

    /// <summary>The class to reach: a number, +N (the label and N more), next, least-likely, most-likely; or any wrong one.</summary>
    [Form("T")]
    public Criterion Target { get; init; } = Criterion.Any;

    /// <summary>Write the attacked images, float32 (N, 3, H, W), and their labels, int64 (N).</summary>
    [Output("F.npz")]
    public string? Save { get; init; }

    /// <summary>Draw images before and after, the change, the gradients and Grad-CAM, as PNG.</summary>
    [Output("F.png")]
    public string? Out { get; init; }

    /// <inheritdoc/>
    internal override AttackResult Run(RunContext run)
    {
        using var scope = NewDisposeScope();
        using var victim = Load(run);
        var task = new AttackTask(Source, Target);
        var all = Find(Data, Split.Test, victim, run);
        var set = all.Pick(task.Places(all));
        var attacked = Attack.AttackSet(victim, set, Target, run);
        var outcome = AttackOutcome.Of(victim, set, attacked.Images, Target, run);
        var result = AttackResult.Of(Attack, set, attacked.Images, Source, Target, outcome) with
        {
            Warnings = attacked.Warnings,
            Samples = Out is null ? null : Samples(Out, new("", victim, Attack, task, set, attacked.Images, outcome), run),
        };
        if (Save is not null) Write(Save, attacked.Images, set);
        return result;
    }

    private static AttackSamples Samples(string file, AttackedImages attacked, RunContext run)
    {
        var places = AttackSamples.Choose(attacked.Set, attacked.Outcome);
        Require.That(places.Length > 0, $"{file}: the network predicts no image correctly that could be fooled, so there is nothing to draw.");
        return AttackSampler.Of(attacked, places, run);
    }

    private static void Write(string file, Tensor images, ImageSet set) => Npz.Write(
        file,
        [new("images", new(images.contiguous().data<float>().ToArray(), images.shape)), new("labels", new(set.Labels, set.Count))]);
}
