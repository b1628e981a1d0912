using System.Text.Json.Serialization;
using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Operations;

/// <summary>Compares several networks under several attacks.</summary>
/// <remarks>
/// Every rate is given over the images that the network itself predicts correctly beforehand, and over those that all networks do: networks are
/// compared by the second. Attacks that look for the smallest change also give the accuracy as a function of the radius. --published takes the seed
/// report's own attacks and targets at radius 0.05 on 500 images; MODELs are then the lazy and the robust network.
/// </remarks>
/// <example>
/// pentimento compare lazy.safetensors repaired.safetensors --data rg_95z --limit 500 --with fgsm:radius=0.05 pgd:radius=0.05 --target any 7:3
/// pentimento compare lazy=a.safetensors repaired=b.safetensors --data rg_95z --published --out pictures
/// pentimento compare lazy.safetensors repaired.safetensors --data rg_95z --limit 200 --with deep-fool carlini-wagner --out curves
/// </example>
internal sealed record Compare : NetworksOperation<CompareResult>
{
    /// <summary>The set to attack on.</summary>
    public required DataRef Data { get; init; }

    /// <summary>The attacks.</summary>
    [Called("with")]
    public IReadOnlyList<Attack> Attacks { get; init; } = [new Fgsm(), new Pgd()];

    /// <summary>What counts as a success: targets as attack takes them, or 7:3 for the sevens to 3.</summary>
    [Called("target")]
    [Form("T")]
    public IReadOnlyList<AttackTask> Targets { get; init; } = [new(null, Criterion.Any)];

    /// <summary>The seed report's own tables: its attacks and targets, beside its figures.</summary>
    public bool Published { get; init; }

    /// <summary>Draw perturbations, gradients and robustness curves into this folder.</summary>
    [Output("FOLDER")]
    public string? Out { get; init; }

    /// <inheritdoc/>
    internal override void Check()
    {
        var twice = Models.GroupBy(model => model.Name).FirstOrDefault(group => group.Count() > 1);
        Require.That(twice is null, $"Two networks are called {twice?.Key}; name them, as in first={twice?.First().File}.");
    }

    /// <inheritdoc/>
    internal override CompareResult Run(RunContext run)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var victims = new List<(string Name, Classifier Network)>();
        try
        {
            foreach (var model in Models) victims.Add((model.Name, Load(model, run)));
            var data = this with { Limit = Limit == 0 && Published ? PublishedAttacks.Images : Limit };
            var set = Fitted(data.Find(Data, Split.Test, victims[0].Network.Shape, run), victims[0].Network, run);
            foreach (var (_, other) in victims) ClassAgreement.Check(other, set);
            var sampler = Out is null ? null : new AttackSampler(run);
            var (attacks, tasks) = Published ? (PublishedAttacks.Attacks, PublishedAttacks.Tasks) : (Attacks, Targets);
            var comparison = Comparison.Of(victims, set, attacks, tasks, sampler is null ? null : sampler.Add, run);
            return new(comparison.Data, comparison.Count, comparison.Common, [.. comparison.Rows.Select(Row)], FilesOf(comparison, sampler))
            {
                Samples = sampler?.Samples ?? [],
            };
        }
        finally
        {
            foreach (var (_, network) in victims) network.Dispose();
        }
    }

    private CompareRow Row(ComparisonRow row)
    {
        var at = Models.Select(model => model.Name).ToList().IndexOf(row.Network);
        var task = new AttackTask(row.Result.Source, row.Result.Criterion);
        return new(
            row.Network, row.Result, row.CommonCount, row.CommonRate, row.CommonLow, row.CommonHigh,
            Published ? PublishedAttacks.Rate(row.Result.Attack, task, at) : null);
    }

    /// <summary>The pictures that are drawn: of each attack and task the perturbations and gradients, and the curves of minimal attacks.</summary>
    private IReadOnlyList<string> FilesOf(Comparison comparison, AttackSampler? sampler)
    {
        if (Out is null || sampler is null) return [];
        var samples = sampler.Samples.Select(sample => sample.Title).Distinct().SelectMany(title => new[] { $"changes-{title}",
            $"gradients-{title}" });
        var curves = comparison.Rows.Where(row => row.Result.RobustnessCurve is not null)
            .Select(row => AttackSamples.TitleOf(row.Result.Attack, new(row.Result.Source, row.Result.Criterion))).Distinct()
            .SelectMany(title => new[] { $"accuracy-by-budget-{title}", $"budgets-{title}" });
        return [.. samples.Concat(curves).Select(name => Path.Combine(Out, $"{name}.png"))];
    }
}

/// <summary>The success rates of several attacks on several networks.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Common">The number of them that every network predicts correctly.</param>
/// <param name="Rows">Each network under each attack with each target.</param>
/// <param name="Files">The pictures that were asked for.</param>
internal sealed record CompareResult(string Data, int Count, int Common, IReadOnlyList<CompareRow> Rows, IReadOnlyList<string> Files)
{
    /// <summary>Images to draw, in the order of the attacks; empty where no drawing is wanted.</summary>
    [JsonIgnore]
    internal IReadOnlyList<AttackSamples> Samples { get; init; } = [];
}

/// <summary>The result of one attack on one network.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Result">Over the images that this network predicts correctly.</param>
/// <param name="CommonCount">The number of images that every network predicts correctly and that count.</param>
/// <param name="CommonRate">The share of those that were fooled: the one that compares networks.</param>
/// <param name="CommonLow">The lower end of its 95% Wilson interval.</param>
/// <param name="CommonHigh">The upper end.</param>
/// <param name="Published">The seed report's success rate, 0..1; null for what it does not have.</param>
internal sealed record CompareRow(
    string Network,
    AttackResult Result,
    long CommonCount,
    double CommonRate,
    double CommonLow,
    double CommonHigh,
    double? Published);
