using Pentimento.Reports.Style;
using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Figures;

/// <summary>Every figure of a run's page.</summary>
/// <param name="Lazy">The lazy network's training.</param>
/// <param name="Repaired">The repaired network's training.</param>
/// <param name="Hues">The mean probabilities of both networks at every hue.</param>
/// <param name="Accuracy">Both networks on every set.</param>
/// <param name="Confusions">Both networks' predictions, in distribution and then on the reversed set.</param>
/// <param name="Sheets">The canvases.</param>
/// <param name="EvidenceColors">The scale of all maps.</param>
/// <param name="EvidenceMaps">Both networks' evidence maps, in distribution and on the reversed set.</param>
/// <param name="OwnScales">The same maps, each network on a scale of its own.</param>
/// <param name="Attacks">Each attack on each network, in the results' order.</param>
public sealed record RunFigures(
    TrainingCurves Lazy,
    TrainingCurves Repaired,
    IReadOnlyList<HueRidges> Hues,
    AccuracyBars Accuracy,
    IReadOnlyList<ConfusionMatrix> Confusions,
    IReadOnlyList<ContactSheet> Sheets,
    EvidenceColors EvidenceColors,
    IReadOnlyList<PictureTable> EvidenceMaps,
    IReadOnlyList<PictureTable> OwnScales,
    IReadOnlyList<PictureTable> Attacks)
{
    /// <summary>All of them.</summary>
    public IEnumerable<Figure> All =>
        [.. Sheets, Lazy.Loss, Lazy.Accuracy, .. Hues, Accuracy, .. Confusions, Repaired.Loss, Repaired.Accuracy, .. EvidenceMaps,
            .. OwnScales, .. Attacks];

    /// <summary>The figures of a run.</summary>
    public static RunFigures Of(RunReport report)
    {
        var heat = EvidenceColors.Over(report.Pictures.Explained.SelectMany(images => images.Networks).SelectMany(network => network.Maps));
        return new(
            TrainingCurves.Of("lazy", report.Results.Lazy),
            TrainingCurves.Of("repaired", report.Results.Repaired),
            [.. report.Results.Audit.Select(audit => new HueRidges($"hues-{audit.Network}", audit.Sweep, PlotColors.Of(audit.Network)))],
            new(report.Results.Evaluations),
            [
                .. Enumerable
                    .Range(0, 2)
                    .SelectMany(place => report.Results.Evaluations.Select(entry => new ConfusionMatrix(entry.Network, entry.Sets[place]))),
            ],
            [.. report.Pictures.Samples.Select(images => new ContactSheet(images))],
            heat,
            [.. report.Pictures.Explained.Select(images => PictureTables.EvidenceMaps(images, heat.Over))],
            [.. report.Pictures.Explained.Select(PictureTables.OwnScales)],
            [.. report.Pictures.Attacked.Select(PictureTables.Attack)]);
    }

    /// <summary>Writes every figure's files into a folder.</summary>
    public void Save(string folder)
    {
        foreach (var figure in All) figure.Save(folder);
    }
}
