using Pentimento.Cues;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting;

namespace Pentimento.Experiments;

/// <summary>A network with a planted cue, or a clean one, and what discovery says of it.</summary>
/// <param name="Base">The pictures.</param>
/// <param name="Network">The architecture.</param>
/// <param name="Plant">What was planted.</param>
/// <param name="Rate">The share of the images whose cue is their class's; 0 for a clean network.</param>
/// <param name="Seed">The seed of the pictures drawn, the cue's looks and the training.</param>
/// <param name="Accuracy">The accuracy on test images like those that it learned from.</param>
/// <param name="Unbiased">The accuracy on the same pictures where the cue says nothing.</param>
/// <param name="Learned">Whether the network learned the cue at all: it is planted, and the accuracy falls by 5 points or more without it.</param>
/// <param name="Rank">The place of the planted cue among the suspects, from 1; null where it is none of them.</param>
/// <param name="Finding">What discovery found.</param>
/// <param name="Suspects">The suspects in their order.</param>
internal sealed record PlantedNetwork(
    string Base, string Network, PlantedCue Plant, double Rate, ulong Seed, double Accuracy, double Unbiased, bool Learned, int? Rank,
    Finding Finding,
    IReadOnlyList<MeasuredCue> Suspects)
{
    /// <summary>Of the ten most typical images of the slice that fits best, the share that the planted cue misleads (precision at 10, Eyuboglu et
    /// al., 2022, arXiv:2203.14960); null for a clean network.</summary>
    public double? SlicePrecision { get; init; }

    // A network that loses less without the cue has not learned it to speak of.
    private const double LeastLoss = 0.05;

    internal static PlantedNetwork Of(PlantedTrial trial, PlantedSplit planted, Share accuracy, Share unbiased, IReadOnlyList<CueVerdict> rulings)
    {
        var suspects = rulings.Where(ruling => ruling.Finding != Finding.None).ToList();
        var rank = trial.Rate == 0 ? -1 : suspects.FindIndex(ruling => IsPlanted(ruling.Evidence.Cue, planted, trial.IsOnPhotographs));
        var finding = DiscoveryVerdict.FindingOf(rulings, 0);
        return new(
            trial.Base.Name, Catalog.NameOf(trial.Network), trial.Plant, trial.Rate, trial.Seed, accuracy.Value, unbiased.Value,
            trial.Rate > 0 && accuracy.Value - unbiased.Value >= LeastLoss, rank < 0 ? null : rank + 1, finding,
            [.. suspects.Select(ruling => MeasuredCue.Of(ruling, []))]);
    }

    /// <summary>Whether a cue is what was planted; a patch must be named to its cell.</summary>
    internal static bool IsPlanted(Cue cue, PlantedSplit planted, bool onPhotographs) => planted.Plant switch
    {
        PlantedCue.CornerPatch or PlantedCue.OneClassPatch =>
            cue is Cell cell && cell.Row == (planted.Corner.Bottom ? cell.Grid - 1 : 0) && cell.Column == (planted.Corner.Right ? cell.Grid - 1 : 0),
        // On photographs nearly everything is bright or dark in part, so that a tint of either is one of the whole image.
        PlantedCue.StrokeColor when onPhotographs => cue is Color or ColorStatistics or Background,
        PlantedCue.BackgroundColor when onPhotographs => cue is ColorStatistics or Background,
        PlantedCue.StrokeColor => cue is Color,
        PlantedCue.BackgroundColor => cue is Background,
        PlantedCue.Frame or PlantedCue.Dot => cue is Border,
        PlantedCue.Stripes => cue is Background or Texture,
        PlantedCue.Brightness => cue is Brightness,
        PlantedCue.Sticker => cue is Sticker,
        PlantedCue.Watermark => cue is HighFrequencies or Watermark,
        PlantedCue.Size => cue is Size,
        PlantedCue.Rotation => cue is Orientation,
        PlantedCue.OneClassCamera => cue is Style or Sharpness or Background,
        PlantedCue.Place => cue is Position,
        PlantedCue.Noise => cue is HighFrequencies or Texture or Sharpness,
        // What is squeezed towards grey has another ground, too.
        PlantedCue.Contrast => cue is Contrast or Brightness or ColorStatistics or Background,
        PlantedCue.JpegQuality => cue is Compression or Sharpness or Texture or HighFrequencies,
        PlantedCue.Blur => cue is Sharpness or Texture or HighFrequencies,
        _ => throw new InvalidOperationException($"{planted.Plant} ({Catalog.NameOf(cue)})"),
    };
}
