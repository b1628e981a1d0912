using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>How answers turn as a feature is added where it was not: if a colour's feature alone makes a digit another, the colour was
/// taken for the digit.</summary>
/// <param name="Feature">Which.</param>
/// <param name="Data">The images.</param>
/// <param name="Count">How many.</param>
/// <param name="Points">By how much was added.</param>
public sealed record SteeringCurve(int Feature, string Data, int Count, IReadOnlyList<SteeringPoint> Points)
{
    private static readonly double[] Multiples = [0, 0.125, 0.25, 0.5, 0.75, 1, 1.5, 2];

    /// <summary>Adds up to twice the strength and counts.</summary>
    public static SteeringCurve Of(
        Classifier network,
        Autoencoder autoencoder,
        string layer,
        ImageSet set,
        int feature,
        double strength,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var activations = Cut.Store(network, set, layer, run);
        var before = Cut.Logits(network, layer, activations).argmax(1);
        return new(feature, set.Name, set.Count, [.. Multiples.Select(multiple => Point(multiple * strength))]);

        SteeringPoint Point(double added)
        {
            using var inner = NewDisposeScope();
            var change = autoencoder.Decoder[feature] * added;
            var answers = Cut.Logits(network, layer, activations, rows => rows + change).argmax(1);
            var flipped = answers.masked_select(answers.ne(before)).cpu().data<long>().ToArray();
            var most = flipped.CountBy(answer => answer).OrderByDescending(pair => pair.Value).FirstOrDefault();
            return new(
                added,
                (double)flipped.Length / set.Count,
                flipped.Length == 0 ? null : (int)most.Key,
                flipped.Length == 0 ? 0 : (double)most.Value / flipped.Length);
        }
    }
}

/// <summary>Answers after so much of a feature was added. Fractions are of 1.</summary>
/// <param name="Added">In the feature's own unit.</param>
/// <param name="FlipRate">The share of images with another answer than before.</param>
/// <param name="Toward">The commonest new answer; null where none changed.</param>
/// <param name="Share">Its share of the changed answers.</param>
public sealed record SteeringPoint(double Added, double FlipRate, int? Toward, double Share);
