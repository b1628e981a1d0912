using Pentimento.Reports.Figures;
using Pentimento.Reports.Style;

namespace Pentimento.Tests.Reports.Figures;

public sealed class FigureTests
{
    public static TheoryData<PlotFigure> Generic =>
    [
        new Bars("bars", "Bars.", "accuracy", [new("one", PlotColors.Lazy, [new("a, b", 0.5, 0.25, 0.75), new("c", 1)])]),
        new Scatter("scatter", "Points.", "own", "reversed", [new("erm", [new("seed 1", 0.9, 0.1)]), new("v-rex", [new("", 0.8, 0.7)])]),
        new HeatTable("heat", "A table.", "set", "network", ["x", "y"], ["one", "two"], [[0.5, -1], [double.NaN, 0.25]]),
        new Curves("curves", "Lines.", "value", [new("one", PlotColors.Lazy, [3, 1, 2]) { Low = [2, 0, 1], High = [4, 2, 3] }], Scale.Plain),
    ];

    [Fact]
    public void Numbers_survive_in_csv_whatever_stands_in_their_labels() => Assert.Equal(
        "label,\"a \"\"b\"\", c\"\r\none,0.1\r\n\"two\nlines\",\r\n",
        new Table(["label", "a \"b\", c"], [["one", 0.1], ["two\nlines", null]]).Csv());

    [Theory, MemberData(nameof(Generic))]
    public void A_generic_figure_has_a_drawing_numbers_and_marks_inside_it(PlotFigure figure)
    {
        var page = figure.Inline();
        var marks = System.Text.RegularExpressions.Regex.Matches(page, @"<circle cx=""(?<x>[\d.]+)"" cy=""(?<y>[\d.]+)"" r=""9""><title>");

        Assert.Equal(["svg", "png"], figure.Drawings().Select(file => file.Ending));
        Assert.Equal(["svg", "csv"], figure.Downloads().Select(file => file.Ending));
        Assert.All(figure.Values!.Rows, row => Assert.Equal(figure.Values.Header.Count, row.Count));
        Assert.InRange(marks.Count, 2, 3);
        Assert.All(marks, mark => Assert.InRange(Place(mark, "x"), 20, figure.Width));
        Assert.All(marks, mark => Assert.InRange(Place(mark, "y"), 0, figure.DrawnHeight));
    }

    [Fact]
    public void Saved_numbers_lie_beside_the_drawings()
    {
        using var scratch = new Scratch();

        new Bars("bars", "Bars.", "accuracy", [new("one", PlotColors.Lazy, [new("a", 0.5, 0.25, 0.75)])]).Save(scratch.Folder);

        Assert.Equal(["bars.csv", "bars.png", "bars.svg"], Directory.GetFiles(scratch.Folder).Select(Path.GetFileName).Order());
        Assert.Equal("label,series,accuracy,low,high\r\na,one,0.5,0.25,0.75\r\n", File.ReadAllText(Path.Combine(scratch.Folder, "bars.csv")));
    }

    private static double Place(System.Text.RegularExpressions.Match mark, string axis) =>
        double.Parse(mark.Groups[axis].Value, System.Globalization.CultureInfo.InvariantCulture);
}
