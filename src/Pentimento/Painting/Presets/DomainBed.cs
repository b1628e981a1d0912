using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting.Presets;

/// <summary>DomainBed's ColoredMNIST: the two-class benchmark at full resolution, in three environments of which any may be held out.</summary>
/// <remarks>
/// Gulrajani and Lopez-Paz, 2021, "In search of lost domain generalization", arXiv:2007.01434, as in facebookresearch/DomainBed,
/// domainbed/datasets.py: MNIST's training and test files are joined and shuffled, and every third digit goes to one environment, so that
/// no official test digit is set apart. DomainBed holds out a fifth of each environment itself, which is left to the training. The authors' two
/// channels are written as red and green with an empty blue.
/// </remarks>
/// <param name="LabelNoise">The probability that a label is wrong.</param>
[Called("domainbed")]
internal sealed record DomainBed([Range(0.0, 1.0)] double LabelNoise = 0.25) : Preset
{
    private static readonly (string Name, double Flip, Split Split)[] Environments =
    [
        ("plus90", 0.1, Split.Train),
        ("plus80", 0.2, Split.Train),
        ("minus90", 0.9, Split.Test),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<PresetSet> Sets(Digits train, Digits test, Seed seed, RunContext run)
    {
        var all = new Digits(
            train.Source,
            (byte[])[.. train.Pixels.Span, .. test.Pixels.Span],
            [.. train.Labels, .. test.Labels],
            train.Height,
            train.Width);
        var order = PresetPainting.Order(all.Count, seed.For("order"));
        return Environments.Select((environment, at) => new TwoColors(environment.Flip, LabelNoise, 1)
            .Paint(Name, environment.Name, environment.Split, all, TwoColors.Every(3, at, order), seed, run));
    }
}
