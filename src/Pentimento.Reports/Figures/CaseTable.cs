using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Figures;

/// <summary>
/// The seed report's three cases: the network looks off the digit and is wrong, it looks at the digit and the colour wins, it is right and looks off
/// the digit.
/// </summary>
public static class CaseTable
{
    private const int Most = 10;

    /// <summary>A row of images and a row of maps for each case and network; a case that never happens is a title that says so.</summary>
    /// <param name="explained">All images, and the networks' answers and maps.</param>
    /// <param name="offDigit">For each network, whether the evidence of each image is off the digit.</param>
    /// <param name="heat">The scale of all maps.</param>
    /// <exception cref="BadInputException">No image is any of the cases.</exception>
    public static PictureTable Of(ExplainedImages explained, IReadOnlyList<bool[]> offDigit, Heat heat)
    {
        var rows = explained.Networks.SelectMany((network, at) => Rows(explained, network, offDigit[at], heat)).ToList();
        Require.That(
            rows.Any(row => row.Tiles.Count > 0),
            $"No image of {explained.Images.Name} is one of the three cases: every answer is right and rests on the digit.");
        return new($"cases-{explained.Images.Name}", $"The seed report's three cases on {explained.Images.Name}.", rows);
    }

    private static IEnumerable<PictureRow> Rows(ExplainedImages explained, Explanations network, bool[] off, Heat heat)
    {
        var (labels, colors, answers) = (explained.Images.Labels, explained.Images.Colors, network.Answers);
        bool ByColor(int at) => colors.Length == 0 || answers[at] == colors[at];
        (string Title, Func<int, bool> Is)[] cases =
        [
            ("wrong place\nfrom the start", at => answers[at] != labels[at] && off[at]),
            ("right place, the\ncolour still wins", at => answers[at] != labels[at] && !off[at] && ByColor(at)),
            ("right answer,\nwrong place", at => answers[at] == labels[at] && off[at]),
        ];
        foreach (var (title, isCase) in cases)
        {
            int[] places = [.. Enumerable.Range(0, labels.Length).Where(isCase)];
            int[] first = [.. places.Take(Most)];
            var shown = new ExplainedImages(
                explained.Images.Pick(first),
                [network with { Answers = [.. first.Select(at => answers[at])], Maps = [.. first.Select(at => network.Maps[at])] }]);
            var looks = PictureTables.Looks(shown, heat.Over).Rows;
            yield return looks[0] with { Title = $"{network.Network}:\n{title}" };
            if (first.Length > 0) yield return looks[1] with { Title = $"{places.Length:N0} of {labels.Length:N0}" };
        }
    }
}
