using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Figures;

/// <summary>
/// The seed report's three cases: the evidence lies outside the object and the prediction is wrong, it lies on the object and the colour wins, the
/// prediction is correct with the evidence outside the object.
/// </summary>
internal static class CaseTable
{
    private const int Most = 10;

    /// <summary>A row of images and a row of maps for each case and network; a case that never happens is a title that says so.</summary>
    /// <param name="explained">All images, and the networks' predictions and maps.</param>
    /// <param name="outside">For each network, whether the evidence of each image lies outside the object.</param>
    /// <param name="heat">The scale of all maps.</param>
    /// <exception cref="BadInputException">No image is any of the cases.</exception>
    public static PictureTable Of(ExplainedImages explained, IReadOnlyList<bool[]> outside, EvidenceColors heat)
    {
        var rows = explained.Networks.SelectMany((network, at) => Rows(explained, network, outside[at], heat)).ToList();
        Require.That(
            rows.Any(row => row.Tiles.Count > 0),
            $"No image of {explained.Images.Name} is one of the three cases: every prediction is correct with its evidence on the object.");
        return new($"cases-{explained.Images.Name}", $"The seed report's three cases on {explained.Images.Name}.", rows);
    }

    private static IEnumerable<PictureRow> Rows(ExplainedImages explained, Explanations network, bool[] off, EvidenceColors heat)
    {
        var (labels, colors, predicted) = (explained.Images.Labels, explained.Images.Colors, network.Predicted);
        bool ByColor(int at) => colors.Length == 0 || predicted[at] == colors[at];
        (string Title, Func<int, bool> Is)[] cases =
        [
            ("wrong place\nfrom the start", at => predicted[at] != labels[at] && off[at]),
            ("right place, the\ncolour still wins", at => predicted[at] != labels[at] && !off[at] && ByColor(at)),
            ("correct prediction,\nwrong place", at => predicted[at] == labels[at] && off[at]),
        ];
        foreach (var (title, isCase) in cases)
        {
            int[] places = [.. Enumerable.Range(0, labels.Length).Where(isCase)];
            int[] first = [.. places.Take(Most)];
            var shown = new ExplainedImages(
                explained.Images.Pick(first),
                [network with { Predicted = [.. first.Select(at => predicted[at])], Maps = [.. first.Select(at => network.Maps[at])] }]);
            var maps = PictureTables.EvidenceMaps(shown, heat.Over).Rows;
            yield return maps[0] with { Title = $"{network.Network}:\n{title}" };
            if (first.Length > 0) yield return maps[1] with { Title = $"{places.Length:N0} of {labels.Length:N0}" };
        }
    }
}
