using System.ComponentModel.DataAnnotations;
using Pentimento.Data;

namespace Pentimento.Painting.Presets;

/// <summary>Biased-MNIST: white digits on a background whose color is correlated with the class.</summary>
/// <remarks>
/// Bahng, Chun, Yun, Choo and Oh, 2020, "Learning de-biased representations with biased representations", arXiv:1910.02806, as in clovaai/rebias,
/// datasets/colour_mnist.py: every pixel that is not 0 becomes 255, the others the color. Counts are exact in each class. The tests are painted
/// on MNIST's test digits: biased (ρ 1), rho0 (ρ 0) and unbiased (ρ 0.1), the one of the published tables. Published ρ: .999, .997, .995, .99.
/// </remarks>
/// <param name="Rho">ρ, the bias-aligned share of each class in training.</param>
/// <param name="ConfusingLabels">Number of other colors of a class.</param>
internal sealed record Rebias([Range(0.0, 1.0)] double Rho = 0.999, [Range(1, 9)] int ConfusingLabels = 9) : Preset
{
    /// <inheritdoc/>
    private protected override IEnumerable<PresetSet> Sets(Digits train, Digits test, Seed seed, RunContext run)
    {
        yield return Paint("train", Split.Train, train, Rho, seed, run);
        yield return Paint("biased", Split.Test, test, 1, seed, run);
        yield return Paint("rho0", Split.Test, test, 0, seed, run);
        yield return Paint("unbiased", Split.Test, test, 0.1, seed, run);
    }

    private PresetSet Paint(string name, Split split, Digits digits, double rho, Seed seed, RunContext run)
    {
        var own = seed.For(name);
        var assigned = new ConfusedColors(rho, ConfusingLabels).Assign(digits.Labels, own);
        var order = PresetPainting.Order(digits.Count, own.For("order"));
        long[] colors = [.. order.Select(place => assigned[place])];
        long[] labels = [.. order.Select(place => digits.Labels[place])];
        return new(name, split, PresetPainting.Paint($"{Name}/{name}", labels, colors, new(digits.Height, digits.Width, 3), run, (at, image) =>
            {
                var grey = digits.Of(order[at]);
                for (var pixel = 0; pixel < grey.Length; pixel++)
                    PresetPainting.Set(image, pixel, grey[pixel] != 0 ? Rgb.White : ConfusedColors.Palette[colors[at]]);
            }));
    }
}
