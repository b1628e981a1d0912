using System.Text.Json.Serialization;
using Pentimento.Experiments;
using Pentimento.Studies.Parts;
using Pentimento.Training;
using Pentimento.Training.Procedures;

namespace Pentimento.Studies.Operations;

/// <summary>A finished run of a recipe.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Report">The page that was written.</param>
/// <param name="Results">What was measured.</param>
internal sealed record RunRecipeResult(string Run, string? Report, RunFindings Results);

/// <summary>
/// What a run has measured. Studies have the claims, recipes of steps the steps, recipes of two networks all else; what a recipe has not is left out.
/// </summary>
internal sealed record RunFindings
{
    private const JsonIgnoreCondition WhereItIs = JsonIgnoreCondition.WhenWritingNull;

    /// <summary>The canvases.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<CanvasSummary>? Datasets { get; init; }

    /// <summary>The lazy network's training.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<EpochRecord>? Lazy { get; init; }

    /// <summary>The environments that its errors reveal.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public ErrorSplit? Split { get; init; }

    /// <summary>The repaired network's training.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<EpochRecord>? Repaired { get; init; }

    /// <summary>Both networks on every test set.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<NetworkEvaluation>? Evaluations { get; init; }

    /// <summary>Both networks on the digits of the reversed set, recoloured in every colour.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<NetworkAudit>? Audit { get; init; }

    /// <summary>Where both networks' evidence lies, on their own and on the reversed set.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<NetworkLocalization>? Focus { get; init; }

    /// <summary>Both networks under attack.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<NetworkAttack>? Attacks { get; init; }

    /// <summary>What a run on objects has measured.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public ObjectsResults? Objects { get; init; }

    /// <summary>What the repair is compared with: plain training, and the ceiling.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<NetworkEvaluation>? Beside { get; init; }

    /// <summary>The claims of the study, each with its verdict.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<Claim>? Claims { get; init; }

    /// <summary>What a study lacks of the evidence that verdicts need; empty where it has enough.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyList<string>? Lacks { get; init; }

    /// <summary>The result of each step, as its operation writes it, by the step's name.</summary>
    [JsonIgnore(Condition = WhereItIs)]
    public IReadOnlyDictionary<string, object>? Steps { get; init; }

    /// <summary>The findings of a recipe of two networks.</summary>
    internal static RunFindings Of(Results results) => new()
    {
        Datasets = results.Datasets,
        Lazy = results.Lazy,
        Split = results.Split,
        Repaired = results.Repaired,
        Evaluations = results.Evaluations,
        Audit = results.Audit,
        Focus = results.Focus,
        Attacks = results.Attacks,
        Beside = results.Beside,
    };
}
