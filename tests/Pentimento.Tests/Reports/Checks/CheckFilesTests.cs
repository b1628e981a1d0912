using System.Text.Json.Nodes;
using System.Xml.Linq;
using Pentimento.Checks;
using Pentimento.Reports.Checks;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Pages;

namespace Pentimento.Tests.Reports.Checks;

/// <summary>The files of a check, with hostile names in it.</summary>
public sealed class CheckFilesTests
{
    private const string Hostile = "a<script>|`\u001b[31m&\"";

    private static CheckResult Result(UndecidedRule undecided = UndecidedRule.Fail) => new(
        false, "Not passed.", $"models/{Hostile}.onnx", "photos", 1000,
        [
            Row("accuracy >= 0.9", RequirementStatus.Passed),
            Row($"accuracy[class={Hostile}] >= 0.9", RequirementStatus.Failed),
            Row("flip-rate <= 0.05", RequirementStatus.Undecided),
        ],
        [
            new("all", 1000, 0.9, 0.8, 120, 20, 1e-9, 1e-8, RequirementStatus.Failed),
            new(Hostile, 500, 0.9, 0.9, 1, 1, 0.75, 1, RequirementStatus.Passed),
        ],
        undecided)
    {
        Predictions = new("00", ""),
    };

    [Fact]
    public void JUnit_counts_what_it_lists()
    {
        var suite = XDocument.Parse(JUnitFile.Text(Result())).Root!.Element("testsuite")!;

        Assert.Equal(["5", "3", "0"], new[] { "tests", "failures", "skipped" }.Select(name => suite.Attribute(name)!.Value));
        Assert.Equal(5, suite.Elements("testcase").Count());
        Assert.Equal(3, suite.Descendants("failure").Count());
        Assert.All(suite.Elements("testcase"), one => Assert.All(["name", "classname", "time"], name => Assert.NotNull(one.Attribute(name))));
    }

    [Fact]
    public void JUnit_skips_what_is_undecided_where_that_may_pass()
    {
        var suite = XDocument.Parse(JUnitFile.Text(Result(UndecidedRule.Pass))).Root!.Element("testsuite")!;

        Assert.Equal(("2", "1"), (suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
    }

    [Fact]
    public void Sarif_names_a_rule_for_each_result()
    {
        var run = JsonNode.Parse(SarifFile.Text(Result()))!["runs"]![0]!;

        var rules = run["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => (string)rule!["id"]!).ToList();
        Assert.All(run["results"]!.AsArray(), found => Assert.Equal(rules[(int)found!["ruleIndex"]!], (string)found["ruleId"]!));
        Assert.Equal(["pass", "fail", "open", "fail", "pass"], run["results"]!.AsArray().Select(found => (string)found!["kind"]!));
        Assert.True(Uri.IsWellFormedUriString(
            (string)run["results"]![0]!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!, UriKind.RelativeOrAbsolute));
    }

    [Fact]
    public void Markdown_escapes_what_came_from_outside()
    {
        var text = MarkdownFile.Text(Result());

        Assert.DoesNotContain('\u001b', text);
        Assert.All(
            text.Split('\n').Where(line => line.StartsWith('|')),
            line => Assert.Equal(4, line.Replace("\\|", "").Count(letter => letter == '|')));
        Assert.DoesNotContain("<script>", System.Text.RegularExpressions.Regex.Replace(text, "`[^`]*`", ""));
    }

    [Fact]
    public void The_page_shows_what_failed_and_escapes_names()
    {
        var page = Rendering.Html<CheckDocument>(new() { ["Result"] = Result() });

        Assert.Contains("does not pass", page);
        Assert.DoesNotContain("a<script>", page);
    }

    private static RequirementResult Row(string text, RequirementStatus status) =>
        new(text, 0.9, 0.88, 0.92, 1000, 0.9, status, "", null, $"{text} is 90.0%.");
}
