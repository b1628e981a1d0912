using System.Text.Json.Nodes;
using Pentimento.Checks;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Reports.Checks;

/// <summary>A check as SARIF, the form of results that code scanning reads.</summary>
/// <remarks>OASIS, 2020, Static Analysis Results Interchange Format 2.1.0.</remarks>
internal static class SarifFile
{
    /// <summary>Writes the file's text.</summary>
    public static string Text(CheckResult result)
    {
        JsonObject[] rules =
        [
            .. result.Requirements.Select((row, at) => Rule(at, row.Requirement)),
            .. result.Regressions.Count > 0 ? [Rule(result.Requirements.Count, "no group is worse than the baseline")] : Array.Empty<JsonObject>(),
        ];
        JsonObject[] found =
        [
            .. result.Requirements.Select((row, at) => Finding(at, row.Status, row.Message, result.Model)),
            .. result.Regressions.Select(change =>
                Finding(result.Requirements.Count, change.Status, CheckText.Of(change), result.Model)),
        ];
        return new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject { ["name"] = "pentimento", ["rules"] = new JsonArray([.. rules]) },
                },
                ["results"] = new JsonArray([.. found]),
            }),
        }.ToJsonString(Json.Options) + "\n";
    }

    private static JsonObject Rule(int at, string text) => new()
    {
        ["id"] = $"requirement-{at + 1}",
        ["shortDescription"] = new JsonObject { ["text"] = Printable.Of(text) },
    };

    private static JsonObject Finding(int rule, RequirementStatus status, string message, string model) => new()
    {
        ["ruleId"] = $"requirement-{rule + 1}",
        ["ruleIndex"] = rule,
        ["kind"] = status switch { RequirementStatus.Passed => "pass", RequirementStatus.Failed => "fail", _ => "open" },
        ["level"] = status switch { RequirementStatus.Failed => "error", _ => "none" },
        ["message"] = new JsonObject { ["text"] = Printable.Of(message) },
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = Uri.EscapeDataString(model.Replace('\\', '/')).Replace("%2F", "/") },
            },
        }),
    };
}
