using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Studies.Operations;
using Pentimento.Tests.Cli;

namespace Pentimento.Tests.Reports;

/// <summary>
/// The page, the Markdown and the JSON of one finished run, word for word as they were agreed to. Whoever means a change copies what the failing
/// test wrote over the file in <c>Golden/</c>, and reads the difference.
/// </summary>
public sealed partial class GoldenReportTests
{
    private const string Run = "tests/Pentimento.Browser.Tests/Run";

    [Fact]
    public void The_page_is_as_agreed() => AssertGolden("report.html", Lines(Report("html")));

    [Fact]
    public void The_markdown_is_as_agreed() => AssertGolden("report.md", Report("md"));

    [Fact]
    public void The_json_is_as_agreed()
    {
        var findings = RunFindings.Of(RecipeRun.Read(new(Repository.At(Run))));

        AssertGolden("report.json", JsonSerializer.Serialize(findings, Json.Options));
    }

    private static string Report(string format)
    {
        using var scratch = new Scratch();
        foreach (var file in Directory.GetFiles(Repository.At(Run), "*", SearchOption.AllDirectories))
        {
            var copy = scratch.At($"run/{Path.GetRelativePath(Repository.At(Run), file)}");
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Command.Succeed("report", scratch.At("run"), "--format", format);
        var text = File.ReadAllText(scratch.At($"run/report.{format}")).Replace(scratch.At("run"), "RUN", StringComparison.Ordinal);
        // What is drawn has tests of its own; here it is enough that it is there and what it is called.
        return Drawing().Replace(Style().Replace(Data().Replace(text, "data:"), "<style></style>"), "<svg$1></svg>");
    }

    /// <summary>One element a line, so that a difference is read.</summary>
    private static string Lines(string html) => html.Replace("><", ">\n<", StringComparison.Ordinal);

    private static void AssertGolden(string name, string actual)
    {
        var (agreed, written) = (Repository.At($"tests/Pentimento.Tests/Golden/{name}"), Path.Combine(AppContext.BaseDirectory, name));
        var text = string.Join('\n', actual.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd() + "\n";
        File.WriteAllText(written, text, new UTF8Encoding(false));
        var (expected, got) = ((File.Exists(agreed) ? File.ReadAllText(agreed) : "").Split('\n'), text.Split('\n'));
        var first = Enumerable.Range(0, Math.Max(expected.Length, got.Length))
            .FirstOrDefault(at => expected.ElementAtOrDefault(at) != got.ElementAtOrDefault(at), -1);
        Assert.True(
            first < 0,
            $"{name}, line {first + 1}: agreed '{expected.ElementAtOrDefault(first)}', got '{got.ElementAtOrDefault(first)}'. If that is meant: "
                + $"cp {written} {agreed}");
    }

    [GeneratedRegex("""data:[a-z]+/[^"')\s]*""")]
    private static partial Regex Data();

    [GeneratedRegex("<style.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<svg([^>]*)>.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();
}
