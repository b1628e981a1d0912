using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>How a network does on one set, in a few numbers. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">How many images.</param>
/// <param name="Accuracy">The share answered right.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Loss">The mean cross-entropy, in nats.</param>
/// <param name="WorstClass">The accuracy of the class that has the lowest.</param>
public sealed record SetAccuracy(string Data, long Count, double Accuracy, double Low, double High, double Loss, double WorstClass)
{
    /// <summary>Measures a network.</summary>
    /// <exception cref="BadInputException">The images or labels do not fit the network.</exception>
    public static SetAccuracy Of(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        set = ClassAgreement.Fitted(network, set);
        ClassAgreement.Check(network, set);
        var logits = Predictor.Logits(network, set, run);
        var right = logits.argmax(1).eq(set.LabelTensor()).data<bool>().ToArray();
        var share = new Share(right.LongCount(hit => hit), right.Length);
        var worst = Enumerable.Range(0, right.Length).GroupBy(at => set.Labels[at]).Min(group => group.Average(at => right[at] ? 1.0 : 0));
        return new(
            set.Name,
            share.Count,
            share.Value,
            share.Low,
            share.High,
            nn.functional.cross_entropy(logits, set.LabelTensor()).item<float>(),
            worst);
    }
}
