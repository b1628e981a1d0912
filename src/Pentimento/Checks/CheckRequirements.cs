using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Checks;

/// <summary>Decides whether a network meets requirements, for pipelines that must not ship one that cheats.</summary>
/// <remarks>
/// A requirement reads QUANTITY >= LIMIT (or &lt;=, &lt;, >, ==). Quantities: pentimento list requirements; or any number of an operation's JSON, as
/// audit.color-share. It is decided by the 95% interval: passed where all of it meets the limit, failed where none does, undecided between, with how
/// many images would decide it. Exit code 0: passed; 3: not. The network predicts the images once, however many requirements there are.
/// </remarks>
/// <example>
/// pentimento check bird.onnx --data photos --init --policy policy.yaml
/// pentimento check bird.onnx --data photos --policy policy.yaml --junit check.xml
/// pentimento check lazy.safetensors --data gr_95z --require "accuracy >= 0.97" "accuracy[class=worst] >= 0.9" "flip-rate &lt;= 5%"
/// pentimento check new.safetensors --data gr_95z --require "attack[pgd:radius=0.03] &lt;= 0.2" --baseline old.safetensors --json
/// </example>
[Called("check")]
public sealed record CheckRequirements : NetworkOperation<CheckResult>
{
    private const string UsualPolicy = "policy.yaml";

    /// <summary>The set to check on; by default the policy's.</summary>
    public DataRef? Data { get; init; }

    /// <summary>What must hold.</summary>
    [Called("require"), Form("REQUIREMENT")]
    public IReadOnlyList<Requirement> Requirements { get; init; } = [];

    /// <summary>A file of requirements, joined to those of --require.</summary>
    [Input("F.yaml")]
    public string? Policy { get; init; }

    /// <summary>Write the policy from what is measured now, instead of reading it.</summary>
    public bool Init { get; init; }

    /// <summary>What becomes of a requirement that these images cannot decide (default: the policy's word, else fail).</summary>
    public UndecidedRule? Undecided { get; init; }

    /// <summary>The --json output of an earlier check, or a network: groups that are worse than there, on the same images, fail.</summary>
    [Input("FILE")]
    public string? Baseline { get; init; }

    /// <summary>Write the result as JUnit XML, as Jenkins and GitLab read it.</summary>
    [Output("F.xml")]
    public string? Junit { get; init; }

    /// <summary>Write the result as Markdown, for a pull request or a job's summary.</summary>
    [Output("F.md")]
    public string? Markdown { get; init; }

    /// <summary>Write the result as SARIF 2.1.0, for code scanning.</summary>
    [Output("F.sarif", Endings = [".json"])]
    public string? Sarif { get; init; }

    /// <summary>Write a page with the images that broke each requirement.</summary>
    [Output("F.html")]
    public string? Out { get; init; }

    internal override int ExitCode(object result) => ((CheckResult)result).Passed ? 0 : 3;

    /// <inheritdoc/>
    internal override void Check()
    {
        var policy = Init ? null : PolicyOrNone();
        Require.That(Data is not null || policy?.Data is not null, $"--data is missing: the set to check on.");
        Require.That(Init || Requirements.Count > 0 || policy is not null, $"Nothing is required: give --require or --policy.");
        Require.That(!Init || !File.Exists(Policy ?? UsualPolicy), $"There is a {Policy ?? UsualPolicy} already; it is not written over.");
        Require.That(!Init || Baseline is null, $"--init writes a policy and compares with nothing; leave --baseline out.");
        Contradictions.Refuse(All(policy));
    }

    /// <inheritdoc/>
    internal override CheckResult Run(RunContext run)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        run = run with { Remembered = new Dictionary<string, float[]>() };
        var policy = Init ? null : PolicyOrNone();
        var filled = this with { Data = Data ?? DataRef.Parse(policy?.Data ?? "") };
        var data = filled.Data!;
        using var network = Load(run);
        var subject = new CheckSubject(filled, network, Find(data, Split.Test, network, run), run);
        var required = Init && Requirements.Count == 0 ? PolicyWriter.Usual(subject) : All(policy);
        if (Init)
        {
            required = PolicyWriter.WithLimits(required, subject);
            Checks.Policy.Write(Policy ?? UsualPolicy, data.Text, required);
        }

        var measured = required.Select(requirement => (Requirement: requirement, Measured: requirement.Quantity.Measure(subject))).ToList();
        var rows = measured.Select(pair => RequirementDecision.Of(pair.Requirement, pair.Measured)).ToList();
        var changes = Baseline is null ? [] : Checks.Baseline.Compare(Baseline, subject);
        var rule = Undecided ?? policy?.Undecided ?? UndecidedRule.Fail;
        var passed = rows.All(row => RequirementDecision.Allows(row.Status, rule))
            && changes.All(change => change.Status == RequirementStatus.Passed);
        return new(
            passed, RequirementDecision.Verdict(passed, rows, changes), Model.File, data.Text, subject.Images.Count, rows, changes, rule)
        {
            Predictions = new(RememberedLogits.HashOf(subject.Images), BitList.Pack(subject.Predictions.Correct)),
            Policy = Init ? Policy ?? UsualPolicy : null,
            Broken = Out is null ? null : FailingImages.Of(subject, measured),
        };
    }

    /// <summary>The images that the policy names, the inputs that options of required results name, and what lies beside a baseline.</summary>
    internal override IReadOnlyList<(object? Value, InputAttribute? File)> FurtherInputs()
    {
        try
        {
            var policy = Init ? null : PolicyOrNone();
            var named = Data is null && policy?.Data is { } text ? DataRef.Parse(text) : null;
            var results = All(policy).Select(requirement => requirement.Quantity).OfType<ResultValue>();
            return
            [
                (named, null),
                (Baseline is { } baseline && File.Exists(baseline) ? new NetworkRef(baseline) : null, null),
                .. results.SelectMany(result => result.NamedInputs(this with { Data = Data ?? named })),
            ];
        }
        catch (BadInputException)
        {
            // The check itself says what is wrong with its policy.
            return [];
        }
    }

    private Policy? PolicyOrNone() => Policy is null ? null : Checks.Policy.Read(Policy);

    private IReadOnlyList<Requirement> All(Policy? policy) => [.. policy?.Requirements ?? [], .. Requirements];
}
