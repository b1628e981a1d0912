using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Evaluation;

/// <summary>Which of the usual preprocessings a network was probably trained with, where its file does not say; nothing is changed by it.</summary>
internal static class PreprocessAdvice
{
    private const int Most = 100;
    private const int Fewest = 30;
    private const int MostPixels = 400_000;

    /// <summary>Tries the usual ones on a few labelled images.</summary>
    /// <param name="network">In evaluation mode; one that says what is done to images needs no advice.</param>
    /// <param name="set">Labelled images.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <returns>A sentence that names the best; null where there is nothing to say.</returns>
    public static string? Of(Classifier network, ImageSet set, RunContext run)
    {
        if (!ModelFormat.LeavesPreprocessOpen(network) || set.Count < Fewest || set.Labels.Any(label => label >= network.Classes)) return null;
        var few = set.Take(Math.Clamp(MostPixels / (set.Shape.Height * set.Shape.Width), Fewest, Most));
        if (few.Labels.Distinct().Count() < 2) return null;
        var tried = Preprocess.Usual.Where(usual => !usual.Preprocess.Bgr || set.Shape.Channels == 3)
            .Select(usual => (usual.Name, Share: Accuracy(network, usual.Preprocess, few, run.For("preprocess")))).ToList();
        var none = tried.First(usual => usual.Name == "none").Share;
        var best = tried.MaxBy(usual => usual.Share.Hits);
        if (best.Share.Hits <= none.Hits) return null;
        return best.Share.Low > none.High
            ? $"with --preprocess {best.Name} the network answers {best.Share.Hits} of {few.Count} images right, without {none.Hits}; "
                + "its file does not "
                + $"say what is done to images, and nothing is done to them here."
            : null;
    }

    private static Share Accuracy(Classifier network, Preprocess steps, ImageSet set, RunContext run) =>
        Predictions.Of(steps == Preprocess.None ? network : Preprocessed.Of(network, steps), set, run).Accuracy;
}
