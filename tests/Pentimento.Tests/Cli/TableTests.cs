using System.Text.RegularExpressions;
using Pentimento.Cli.Terminal;
using Pentimento.Cli.Views;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Tests.Operations;

namespace Pentimento.Tests.Cli;

/// <summary>Tables are read on terminals of any width: no number is cut into pieces, and no two columns are called the same.</summary>
public sealed partial class TableTests
{
    private const int Wide = 400;

    [Fact]
    public void A_table_that_is_too_wide_goes_on_below_with_its_first_columns_repeated()
    {
        var table = new TextTable(["name", "first", "second", "third"], [["a", "1,000", "2.5%", "3.0% to 4.0%"]]);

        Assert.Equal([[0, 1, 2, 3]], table.Fitted(40, 1));
        Assert.Equal([[0, 1, 2], [0, 3]], table.Fitted(30, 1));
        Assert.Equal([[0, 1], [0, 2], [0, 3]], table.Fitted(1, 1));
        Assert.True(table.IsNumeric(3));
        Assert.False(table.IsNumeric(0));
    }

    [Fact]
    public void A_cues_name_stays_in_one_piece_and_the_table_goes_on_below()
    {
        var table = new TextTable(["cue", "followed", "control"], [["cell:grid=4,row=1,column=1 (red)", "85.9%", "5.5%"]]);

        Assert.Equal([[0, 1], [0, 2]], table.Fitted(45, 1));
        Assert.Equal([[0, 1, 2]], table.Fitted(60, 1));
    }

    [Fact]
    public void The_end_of_a_long_heading_is_shown_unless_two_would_be_alike()
    {
        Assert.Equal(["…folder/of/pictures:test", "short"], new TextTable(["/a/long/path/to/a/folder/of/pictures:test", "short"], []).Headings);
        Assert.Equal(2, new TextTable([$"a{new string('x', 30)}", $"b{new string('x', 30)}"], []).Headings.Distinct().Count());
    }

    [Theory]
    [InlineData("compare", 60)]
    [InlineData("compare", 80)]
    [InlineData("compare", 120)]
    [InlineData("operate", 60)]
    [InlineData("operate", 80)]
    [InlineData("operate", 120)]
    public void Comparisons_keep_every_number_at_any_width(string verb, int width)
    {
        using var scratch = new Scratch();
        var operation = Of(verb, scratch);
        var result = operation.Execute(RunContext.OnCpu(1) with { Threads = 1 });

        var (wide, narrow) = (Tables(operation, result, Wide), Tables(operation, result, width));

        Assert.All(narrow, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Equal(Numbers(wide), Numbers(narrow));
        Assert.All(Headings(narrow), headings => Assert.Equal(headings.Length, headings.Distinct().Count()));
    }

    [Theory]
    [InlineData(60, 6)]
    [InlineData(80, 8)]
    [InlineData(120, 11)]
    public void Neurons_are_shown_in_as_many_columns_as_fit(int width, int least)
    {
        using var scratch = new Scratch();
        var operation = SmallOperations.Of("probe", scratch);
        var result = operation.Execute(RunContext.OnCpu(1) with { Threads = 1 });

        var (wide, narrow) = (Tables(operation, result, Wide), Tables(operation, result, width));

        Assert.All(narrow, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Empty(Numbers(narrow).Except(Numbers(wide)));
        Assert.InRange(Headings(narrow).First().Length, least, 12);
        Assert.All(Headings(narrow), headings => Assert.Equal(headings.Length, headings.Distinct().Count()));
    }

    private static Operation Of(string verb, Scratch scratch) => verb == "operate"
        ? new Edit
        {
            Model = SmallOperations.Weights,
            Network = new Cnn3(),
            Neurons = new([3, 5]),
            Evaluate = [SmallOperations.Data, SmallOperations.Colored(scratch)],
            Limit = 20,
        }
        : SmallOperations.Of(verb, scratch);

    /// <summary>The lines of all tables: those between a heading and an empty line.</summary>
    private static List<string> Tables(Operation operation, object result, int width)
    {
        using var output = new SizedWriter(width);
        View.Of(result).Print(operation, result, output);
        var lines = output.ToString().Split('\n');
        var rules = lines.Index().Where(line => line.Item.StartsWith("──", StringComparison.Ordinal)).Select(line => line.Index).ToList();
        return
        [
            .. rules.SelectMany(rule =>
                lines[..rule].Reverse().TakeWhile(line => line.Trim().Length > 0).Reverse()
                    .Concat(lines[rule..].TakeWhile(line => line.Trim().Length > 0))),
        ];
    }

    private static IEnumerable<string[]> Headings(List<string> lines) => lines.Index()
        .Where(line => line.Item.StartsWith("──", StringComparison.Ordinal))
        .Select(line => lines[line.Index - 1].Split("   ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    // Headings hold file names, whose shortened ends may look like numbers.
    private static IEnumerable<string> Numbers(List<string> lines) => lines.Index()
        .Where(line => !lines.ElementAtOrDefault(line.Index + 1).AsSpan().StartsWith("──"))
        .SelectMany(line => Number().Matches(line.Item).Select(match => match.Value)).Distinct().Order(StringComparer.Ordinal);

    // Digits within a file's name, which may be shortened, are no numbers: those stand by themselves.
    [GeneratedRegex(@"(?<![^\s(+])\d[\d,]*(\.\d+)?%?(?![^\s),;])")]
    private static partial Regex Number();
}
