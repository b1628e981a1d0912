using Pentimento.Foundation.Configuration;
using Pentimento.Attribution.SanityChecks;
using Pentimento.Evaluation;
using Pentimento.Reports.Pictures;
using SkiaSharp;

namespace Pentimento.Reports.Figures;

/// <summary>Four panels for each network, two beside each other, and below each panel its verdict.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Reports">One for each network.</param>
/// <param name="Verdicts">The sentences, in the same order.</param>
internal sealed record SanityCheckSheet(string Name, IReadOnlyList<SanityCheckReport> Reports, IReadOnlyList<SanityCheckVerdicts> Verdicts) : Figure
{
    private const int Across = 2;
    private const int Margin = 24;
    private const int Line = 34;
    private const int Text = 4 * Line;
    private const float Letters = 25;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt =>
        string.Join(" ", Reports.Zip(Verdicts).Select(pair => $"{pair.First.Network}: {string.Join(" ", pair.Second.All)}"));

    /// <summary>The sheet as PNG.</summary>
    public byte[] Draw()
    {
        var networks = Reports.Select(report => Panels(report).Select(panel => SKBitmap.Decode(panel.Png())).ToList()).ToList();
        try
        {
            var (width, height) = (networks[0].Max(panel => panel.Width), networks[0].Max(panel => panel.Height) + Text);
            var tall = Line + (networks[0].Count / Across * height) + Margin;
            return Sheet.Png(Margin + (Across * (width + Margin)), networks.Count * tall, canvas =>
            {
                for (var at = 0; at < networks.Count; at++) Draw(canvas, networks[at], at, at * tall, width, height);
            });
        }
        finally
        {
            foreach (var panel in networks.SelectMany(panels => panels)) panel.Dispose();
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings() => [new("png", Draw())];

    private void Draw(SKCanvas canvas, List<SKBitmap> panels, int network, int top, int width, int height)
    {
        Sheet.Write(
            canvas,
            $"{Reports[network].Network}, {Reports[network].Count:N0} images of {Reports[network].Data}",
            new(Margin, top + Line),
            1.2f * Letters);
        for (var at = 0; at < panels.Count; at++)
        {
            var (left, upper) = (Margin + (at % Across * (width + Margin)), top + Line + 10 + (at / Across * height));
            canvas.DrawBitmap(panels[at], left, upper, SKSamplingOptions.Default);
            var lines = Sheet.Lines(Verdicts[network].All[at], Letters, width - Margin);
            for (var line = 0; line < lines.Count; line++)
                Sheet.Write(canvas, lines[line], new(left, upper + height - Text + ((line + 1) * Line)), Letters);
        }
    }

    private static IReadOnlyList<PlotFigure> Panels(SanityCheckReport report)
    {
        string[] names = [.. report.Methods.Select((method, at) => $"{at + 1} {Catalog.NameOf(method)}")];
        string[] numbers = [.. names.Select((_, at) => $"{at + 1}")];
        var levels = report.Removal[0].Levels.Select(level => Numbers.Whole((long)Math.Round(100 * level)) + "%").ToList();
        return
        [
            new SanityCheckPanel(
                "randomisation",
                "Similarity of maps as layers are made random.",
                "made random, one after the other",
                "rank correlation with the map",
                ["none", .. report.Randomization[0].Layers],
                [.. report.Randomization.Select((test, at) => new SanityCheckLine(names[at], [1, .. test.Similarity]))]),
            new SanityCheckPanel(
                "removal",
                "Insertion minus deletion.",
                "pixels removed or kept",
                "insertion - deletion",
                levels,
                [
                    .. report.Removal.Select(
                        (test, at) => new SanityCheckLine(names[at], [.. test.Insertion.Zip(test.Deletion).Select(pair => pair.First - pair.Second)])
                    ),
                ]),
            new SanityCheckPanel(
                "sensitivity",
                "Change of maps under noise.",
                "method",
                "largest change / map",
                numbers,
                [
                    .. report.Sensitivity.Select(
                        (test, at) =>
                            new SanityCheckLine(
                                names[at],
                                [.. Enumerable.Range(0, at).Select(_ => double.NaN), test.Value, .. names.Skip(at + 1).Select(_ => double.NaN)])),
                ]),
            new AgreementMatrix(names, report.Agreement),
        ];
    }
}
