using Pentimento.Data;
using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Figures;

/// <summary>The pictures of a run on objects.</summary>
/// <param name="Samples">A few images of every set, group by group.</param>
/// <param name="EvidenceColors">The scale of all maps.</param>
/// <param name="Networks">The same objects on both grounds with each network's predictions and evidence.</param>
public sealed record ObjectsFigures(PictureTable Samples, EvidenceColors EvidenceColors, IReadOnlyList<PictureTable> Networks)
{
    /// <summary>The figures of a run.</summary>
    public static ObjectsFigures Of(ObjectsReport report)
    {
        var heat = EvidenceColors.Over(report.Examples.SelectMany(examples => examples.Maps));
        return new(
            new(
                "objects-sets",
                $"Images of {string.Join(", ", report.Samples.Select(set => set.Name))}: each class on each ground.",
                [.. report.Samples.Select(set => new PictureRow(set.Name, [.. Each(set, at => Plain(set, at))]))]),
            heat,
            [.. report.Examples.GroupBy(examples => examples.Network).Select(network => Table(network.Key, [.. network], heat))]);
    }

    /// <summary>Writes every figure's files into a folder.</summary>
    public void Save(string folder)
    {
        foreach (var figure in Networks.Prepend(Samples)) figure.Save(folder);
    }

    private static PictureTable Table(string network, IReadOnlyList<ObjectExamples> grounds, EvidenceColors heat) => new(
        $"objects-{network}",
        $"The same objects on both grounds, with the predictions and the evidence of the {network} network.",
        [
            .. grounds.SelectMany(shown => new[]
            {
                new PictureRow($"on {shown.Ground}", [.. Each(shown.Images, at => Predicted(shown, at))]),
                new PictureRow("evidence", [.. Each(shown.Images, at => Evidence(shown, at, heat))]),
            }),
        ]);

    private static IEnumerable<Tile> Each(ImageSet set, Func<int, Tile> tile) => Enumerable.Range(0, set.Count).Select(tile);

    private static Tile Plain(ImageSet set, int at) =>
        new(Picture.Of(set, at), $"an image of {Class(set, set.Labels[at])}", Class(set, set.Labels[at]));

    private static Tile Predicted(ObjectExamples shown, int at)
    {
        var (label, predicted) = (Class(shown.Images, shown.Images.Labels[at]), Class(shown.Images, shown.Predicted[at]));
        return new(Picture.Of(shown.Images, at), $"{label} on {shown.Ground}, predicted as {predicted}", predicted, label != predicted);
    }

    private static Tile Evidence(ObjectExamples shown, int at, EvidenceColors heat) =>
        new(heat.Over(Picture.Of(shown.Images, at), shown.Maps[at]), $"the evidence of the {shown.Network} network on {shown.Ground}", "");

    private static string Class(ImageSet set, long label) => set.ClassNames[(int)label];
}
