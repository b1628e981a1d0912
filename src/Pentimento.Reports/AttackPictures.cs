using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pictures;
using TorchSharp;

namespace Pentimento.Reports;

/// <summary>A few images before and after an attack on one network, with what it is sensitive to and looks at.</summary>
/// <param name="Network">Its name.</param>
/// <param name="Images">The images before.</param>
/// <param name="Perturbed">float32 (C, H, W) of each image after.</param>
/// <param name="Before">int64 (N), the answers before.</param>
/// <param name="After">int64 (N), the answers after.</param>
/// <param name="GradientBefore">float32 (H, W) of each, the absolute gradient of the loss by the image.</param>
/// <param name="GradientAfter">The same of the attacked images.</param>
/// <param name="EvidenceBefore">float32 (H, W) of each, what speaks for the answer (Grad-CAM), not negative.</param>
/// <param name="EvidenceAfter">The same of the attacked images and their answers.</param>
public sealed record AttackPictures(
    string Network, ImageSet Images, float[][] Perturbed, long[] Before, long[] After,
    float[][] GradientBefore, float[][] GradientAfter, float[][] EvidenceBefore, float[][] EvidenceAfter)
{
    private const int Shown = 10;

    /// <summary>Which images to show: those that count and are fooled first, as far as possible of different classes.</summary>
    public static int[] Choose(ImageSet set, Outcome outcome) =>
        [
            .. Enumerable
                .Range(0, set.Count)
                .Where(at => outcome.Counts[at])
                .GroupBy(at => set.Labels[at])
                .SelectMany(group => group.OrderBy(at => !outcome.Fooled[at]).Select((at, rank) => (At: at, Rank: rank)))
                .OrderBy(entry => !outcome.Fooled[entry.At])
                .ThenBy(entry => entry.Rank)
                .ThenBy(entry => set.Labels[entry.At])
                .Take(Shown)
                .Select(entry => entry.At)
                .Order(),
        ];

    /// <summary>Looks at chosen images of an attack.</summary>
    /// <param name="cloak">The attack.</param>
    /// <param name="places">Which images.</param>
    /// <param name="run">Hears about progress.</param>
    public static AttackPictures Of(AttackedImages cloak, int[] places, RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        var at = torch.tensor(places.Select(place => (long)place).ToArray());
        var set = cloak.Set.Pick(places);
        var (before, after, labels) = (Pixels.Slice(set.Tensor(), 0, set.Count), cloak.Images.index_select(0, at), set.LabelTensor());
        long[] first = [.. places.Select(place => cloak.Outcome.Before[place])];
        long[] last = [.. places.Select(place => cloak.Outcome.After[place])];
        return new(
            cloak.Name, set, Split(after), first, last,
            Split(InputGradients.Of(cloak.Victim, before, labels)), Split(InputGradients.Of(cloak.Victim, after, labels)),
            Evidence(cloak.Victim, before, first, run), Evidence(cloak.Victim, after, last, run));
    }

    /// <summary>What comes before the title of a row; nothing for a network without a name.</summary>
    internal string Label => Network.Length == 0 ? "" : $"{Network}: ";

    /// <summary>One tile for each image.</summary>
    internal IReadOnlyList<Tile> Tiles(Func<Picture, int, Picture> draw, long[]? answers = null) =>
        [
            .. Enumerable
                .Range(0, Images.Count)
                .Select(at =>
                {
                    var said = answers is null ? "" : $"{answers[at]}";
                    return new Tile(
                        draw(Picture.Of(Images, at), at),
                        $"a {Images.Labels[at]} {said}".Trim(),
                        said,
                        answers is not null && answers[at] != Images.Labels[at]);
                }),
        ];

    private static float[][] Evidence(Classifier victim, torch.Tensor images, long[] answers, RunContext run) =>
        Split(AttributionMethod.Evidence(new GradCam().Explain(victim, images, torch.tensor(answers), victim.LastRelu, run), victim.Shape));

    private static float[][] Split(torch.Tensor values) =>
        [.. values.contiguous().data<float>().ToArray().Chunk((int)(values.numel() / Math.Max(1, values.shape[0])))];
}
