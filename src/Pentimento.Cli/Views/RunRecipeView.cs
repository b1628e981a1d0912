using System.Text.Json;
using Pentimento.Cli.Terminal;
using Pentimento.Experiments;
using Pentimento.Studies.Operations;
using Pentimento.Studies.Parts;

namespace Pentimento.Cli.Views;

/// <summary>A run in a few lines: both networks of a recipe, or a study's claims with their verdicts.</summary>
internal sealed class RunRecipeView : View<RunRecipeResult>
{
    /// <inheritdoc/>
    protected override bool NamesFiles => false;

    /// <inheritdoc/>
    protected override void Print(RunRecipeResult result, TextWriter output)
    {
        if (result.Results.Claims is { } claims) Print(claims, result.Results.Lacks ?? [], output);
        else if (result.Results.Steps is { } steps) Print(steps, output);
        else if (result.Results.Objects is { } objects) Print(objects, output);
        else Print(result.Results, output);
        output.WriteLine(result.Report is { } page ? $"The page:          {page}" : $"Results: {Path.Combine(result.Run, "results.json")}");
    }

    private static void Print(ObjectsResults results, TextWriter output)
    {
        var sets = results.Datasets.Select(set => set.Name);
        Tables.Write(
            output,
            ["network", .. sets, "worst group", "ground swapped", "same ground"],
            results.Networks.Select(network => (IReadOnlyList<string>)
            [
                network.Network,
                .. network.Sets.Select(set => Tables.Percent(set.Accuracy)),
                $"{Tables.Percent(network.WorstGroup.Accuracy!.Value)} ({network.WorstGroup})",
                Tables.Percent(network.Swap.FlipRate),
                Tables.Percent(network.Swap.Control.Value),
            ]));
        foreach (var network in results.Networks) output.WriteLine($"{network.Network}: {network.Swap.Verdict}");
    }

    /// <summary>The verdicts of steps that come to one.</summary>
    private static void Print(IReadOnlyDictionary<string, object> steps, TextWriter output)
    {
        foreach (var (name, result) in steps) output.WriteLine($"{name}: {Verdict(result) ?? "done."}");
    }

    private static string? Verdict(object result) =>
        result is JsonElement { ValueKind: JsonValueKind.Object } step && step.TryGetProperty("verdict", out var verdict) ? $"{verdict}" : null;

    private static void Print(IReadOnlyList<Claim> claims, IReadOnlyList<string> lacks, TextWriter output)
    {
        Tables.Write(
            output,
            ["the report says", "effect", "needs", "verdict"],
            claims.Select(claim => (IReadOnlyList<string>)
            [
                claim.Said,
                claim.Effect?.Written ?? "–",
                claim.Effect?.Holds ?? "–",
                claim.Ruling.Label(),
            ]));
        if (lacks.Count > 0)
            output.WriteLine($"Below the evidence that verdicts need, so none is given. What is missing: {string.Join("; ", lacks)}.");
    }

    private static void Print(RunFindings findings, TextWriter output)
    {
        foreach (var network in findings.Evaluations!.Concat(findings.Beside ?? []))
        {
            var title = $"{char.ToUpperInvariant(network.Network[0])}{network.Network[1..]} network:";
            output.WriteLine(
                $"{title,-19}{Tables.Percent(network.Sets[0].Accuracy)} on its own distribution, "
                    + $"{Tables.Percent(network.Sets[1].Accuracy)} with reversed colours.");
        }

        foreach (var audit in findings.Audit!) output.WriteLine($"The {audit.Network} network: {audit.Verdict}");
        output.WriteLine(
            $"Recoloured:        {string.Join(", ", findings.Audit!.Select(Recolored))} of answers change when the same digit has another colour.");
        var split = findings.Split!;
        output.WriteLine(
            $"Environments:      {split.Wrong:N0} of {split.Correct + split.Wrong:N0} images contradict the lazy network "
                + $"({Tables.Percent(split.Precision)} of them in another colour than their digit usually has); no colour label was used.");
        output.WriteLine($"Attack:            {string.Join("; ", findings.Attacks!.Select(Attacked))} fooled.");
    }

    private static string Recolored(NetworkAudit audit) =>
        $"{audit.Network} {Tables.Percent(audit.Recoloring.FlipRate)} "
            + $"({Tables.Percent(audit.Recoloring.Low)} to {Tables.Percent(audit.Recoloring.High)})";

    private static string Attacked(NetworkAttack attack)
    {
        var classes = attack.Result.Target is { } target ? $" {attack.Result.Source} to {target}" : "";
        return $"{attack.Network}{classes} {Tables.Percent(attack.Result.SuccessRate)}";
    }
}
