using System.Globalization;
using System.Xml.Linq;
using Pentimento.Checks;

namespace Pentimento.Reports.Checks;

/// <summary>A check as JUnit XML, the form that Jenkins and GitLab read: one test case a requirement, and one a group compared with the baseline.
/// </summary>
internal static class JUnitFile
{
    /// <summary>Writes the file's text.</summary>
    /// <param name="result">The check. An undecided requirement is a failure or skipped, as the check took it.</param>
    public static string Text(CheckResult result)
    {
        XElement[] cases =
        [
            .. result.Requirements.Select(row => Case(row.Requirement, "requirements", Outcome(row, result.Undecided))),
            .. result.Regressions.Select(change => Case(change.Group, "baseline", Outcome(change))),
        ];
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", "pentimento check"),
            new XAttribute("tests", cases.Length),
            new XAttribute("failures", cases.Count(one => one.Element("failure") is not null)),
            new XAttribute("errors", 0),
            new XAttribute("skipped", cases.Count(one => one.Element("skipped") is not null)),
            new XAttribute("time", 0),
            cases);
        return $"{new XDeclaration("1.0", "UTF-8", null)}\n{new XElement("testsuites", suite)}\n";
    }

    private static XElement Case(string name, string group, XElement outcome) => new(
        "testcase",
        new XAttribute("name", Clean(name)),
        new XAttribute("classname", $"pentimento.{group}"),
        new XAttribute("time", 0.ToString(CultureInfo.InvariantCulture)),
        outcome);

    private static XElement Outcome(RequirementResult row, UndecidedRule undecided) => row.Status switch
    {
        RequirementStatus.Passed => new("system-out", Clean(row.Message)),
        RequirementStatus.Failed => Failure("failed", row.Message),
        _ when undecided == UndecidedRule.Fail => Failure("undecided", row.Message),
        _ => new("skipped", new XAttribute("message", Clean(row.Message))),
    };

    private static XElement Outcome(GroupChange change) => change.Status == RequirementStatus.Failed
        ? Failure("regression", CheckText.Of(change))
        : new("system-out", Clean(CheckText.Of(change)));

    private static XElement Failure(string type, string message) =>
        new("failure", new XAttribute("message", Clean(message)), new XAttribute("type", type), Clean(message));

    // XML cannot hold control characters, not even escaped.
    private static string Clean(string text) => Printable.Of(text);
}
