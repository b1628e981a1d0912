using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Flip rate as a function of steering strength: how predictions change as a feature's direction is added to the activations.</summary>
/// <param name="Feature">Its index.</param>
/// <param name="Data">The images.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Points">The points, by the strength.</param>
internal sealed record SteeringCurve(int Feature, string Data, int Count, IReadOnlyList<SteeringPoint> Points)
{
    private static readonly double[] Multiples = [0, 0.125, 0.25, 0.5, 0.75, 1, 1.5, 2];

    /// <summary>Steers with up to twice the strength and counts the changed predictions.</summary>
    internal static SteeringCurve Of(
        Classifier network,
        Autoencoder autoencoder,
        string layer,
        ImageSet set,
        int feature,
        double strength,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var activations = CutActivations.Store(network, set, layer, run);
        var before = CutActivations.Logits(network, layer, activations).argmax(1);
        return new(feature, set.Name, set.Count, [.. Multiples.Select(multiple => Point(multiple * strength))]);

        SteeringPoint Point(double added)
        {
            using var inner = NewDisposeScope();
            var change = autoencoder.Decoder[feature] * added;
            var predictions = CutActivations.Logits(network, layer, activations, rows => rows + change).argmax(1);
            var flipped = predictions.masked_select(predictions.ne(before)).cpu().data<long>().ToArray();
            var most = flipped.CountBy(predicted => predicted).OrderByDescending(pair => pair.Value).FirstOrDefault();
            return new(
                added,
                (double)flipped.Length / set.Count,
                flipped.Length == 0 ? null : (int)most.Key,
                flipped.Length == 0 ? 0 : (double)most.Value / flipped.Length);
        }
    }
}

/// <summary>The predictions at one steering strength. Fractions are of 1.</summary>
/// <param name="Added">The strength, in the feature's own unit.</param>
/// <param name="FlipRate">The share of images whose prediction changes.</param>
/// <param name="Toward">The commonest new prediction; null where none changed.</param>
/// <param name="Share">Its share of the changed predictions.</param>
internal sealed record SteeringPoint(double Added, double FlipRate, int? Toward, double Share);
