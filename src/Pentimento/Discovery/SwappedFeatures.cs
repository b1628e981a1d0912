using Pentimento.Cues;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>What an autoencoder's features are in images that got a cue, and what a network predicts of these without some of them.</summary>
/// <param name="Network">In evaluation mode; not changed.</param>
/// <param name="Autoencoder">Defines the features.</param>
/// <param name="Layer">The cut whose activations it encodes.</param>
internal sealed record SwappedFeatures(Classifier Network, Autoencoder Autoencoder, string Layer)
{
    private const int Batch = 50;

    /// <summary>The largest activation of each feature in each image's map, float32 (N, F) on the CPU.</summary>
    public Tensor Peaks(ExaminedNetwork subject, Cue cue, int[] places, int[] donors, RunContext run)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        ForEach(subject, cue, places, donors, run, activations =>
            parts.Add(Encoded(activations).view(activations.shape[0], -1, Autoencoder.Features).amax([1]).cpu().MoveToOuterDisposeScope()));
        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>The predicted classes with each of some features ablated, one row a feature.</summary>
    public long[][] PredictedWithout(int[] features, ExaminedNetwork subject, Cue cue, int[] places, int[] donors, RunContext run)
    {
        var found = features.Select(_ => new List<long>()).ToArray();
        ForEach(subject, cue, places, donors, run, activations =>
        {
            var encoded = Encoded(activations);
            foreach (var (at, feature) in features.Index())
            {
                using var inner = NewDisposeScope();
                var logits = CutActivations.Logits(
                    Network, Layer, activations, rows => rows - encoded.narrow(1, feature, 1).mm(Autoencoder.Decoder.narrow(0, feature, 1)));
                found[at].AddRange(ExaminedNetwork.ClassesOf(logits.cpu()));
            }
        });
        return [.. found.Select(classes => classes.ToArray())];
    }

    private Tensor Encoded(Tensor activations) => Autoencoder.Encode(CutActivations.Rows(activations));

    private void ForEach(ExaminedNetwork subject, Cue cue, int[] places, int[] donors, RunContext run, Action<Tensor> take)
    {
        using var still = no_grad();
        for (var start = 0; start < places.Length; start += Batch)
        {
            using var scope = NewDisposeScope();
            var part = start..Math.Min(start + Batch, places.Length);
            take(Network.Head(subject.SwappedImages(cue, places[part], donors[part]).to(run.Device.ToTorch()), Layer));
            run.Report(new("look for features", part.End.Value, places.Length));
        }
    }
}
