using System.ComponentModel.DataAnnotations;
using Pentimento.Data;

namespace Pentimento.Painting.Presets;

/// <summary>Colored MNIST: two classes with 25% label noise, and a color that predicts the label better than the digit does, except in the
/// test environment.</summary>
/// <remarks>
/// Arjovsky, Bottou, Gulrajani and Lopez-Paz, 2019, "Invariant risk minimization", arXiv:1907.02893, section 5.1, as in
/// facebookresearch/InvariantRiskMinimization, code/colored_mnist/main.py: 50,000 training digits, shuffled, go alternately to two environments;
/// the test is painted on the last 10,000 digits of the training file, and MNIST's own test file is not used. The authors' two channels are written
/// as red and green with an empty blue.
/// </remarks>
/// <param name="First">e of the first training environment, the probability that an image is bias-conflicting.</param>
/// <param name="Second">e of the second training environment.</param>
/// <param name="Test">e of the test environment.</param>
/// <param name="LabelNoise">The probability that a label is wrong.</param>
internal sealed record Arjovsky(
    [Range(0.0, 1.0)] double First = 0.2,
    [Range(0.0, 1.0)] double Second = 0.1,
    [Range(0.0, 1.0)] double Test = 0.9,
    [Range(0.0, 1.0)] double LabelNoise = 0.25) : Preset
{
    private const int TrainingDigits = 50_000;

    /// <inheritdoc/>
    private protected override IEnumerable<PresetSet> Sets(Digits train, Digits test, Seed seed, RunContext run)
    {
        Require.That(
            train.Count > TrainingDigits,
            $"{Name} learns from the first {TrainingDigits:N0} training digits and tests on the rest; {train.Source} has {train.Count:N0}.");
        return Environments(train, seed, run);
    }

    private IEnumerable<PresetSet> Environments(Digits train, Seed seed, RunContext run)
    {
        var order = PresetPainting.Order(TrainingDigits, seed.For("order"));
        yield return new TwoColors(First, LabelNoise, 2).Paint(Name, "env1", Split.Train, train, TwoColors.Every(2, 0, order), seed, run);
        yield return new TwoColors(Second, LabelNoise, 2).Paint(Name, "env2", Split.Train, train, TwoColors.Every(2, 1, order), seed, run);
        int[] last = [.. Enumerable.Range(TrainingDigits, train.Count - TrainingDigits)];
        yield return new TwoColors(Test, LabelNoise, 2).Paint(Name, "test", Split.Test, train, last, seed, run);
    }
}
