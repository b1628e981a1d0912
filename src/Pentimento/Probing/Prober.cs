using System.ComponentModel.DataAnnotations;

namespace Pentimento.Probing;

/// <summary>Probes every channel of a table: mutual information with color and digit, role and polysemanticity. The channels may be of any
/// network.</summary>
/// <param name="Binning">The discretization of activations.</param>
/// <param name="Permutations">Number of permutations for each p-value at least.</param>
/// <param name="Resamples">Number of bootstrap resamples for each role.</param>
/// <param name="Roles">The rule from information to roles.</param>
/// <param name="Strong">The thresholds of strong activations.</param>
/// <param name="Threads">Cores to use, 0 for all.</param>
internal sealed record Prober(
    Binning Binning,
    [Range(0, 1_000_000)] int Permutations,
    [Range(0, 1_000_000)] int Resamples,
    RoleRule Roles,
    PolysemanticityRule Strong,
    int Threads)
{
    private const int Naive = 20;
    private const int Shown = 10;

    /// <summary>Probes every channel.</summary>
    /// <param name="colored">Activations for images whose color is independent of the digit.</param>
    /// <param name="grey">Activations of the same channels for images without color, or null.</param>
    /// <param name="strengths">Activations by which strength is measured, best for images without color.</param>
    /// <param name="run">Reports progress and can be cancelled; its seed determines every draw.</param>
    public IReadOnlyList<Neuron> Probe(ActivationTable colored, ActivationTable? grey, ActivationTable strengths, RunContext run)
    {
        var estimates = Test(colored, run.For("coloured"));
        var greyEstimates = grey is null ? null : Test(grey, run.For("grey"));
        var roles = ChannelRole.Of(estimates, greyEstimates, Roles, Resamples, run);
        var meanings = Polysemanticity.Of(strengths, Strong);
        return
        [
            .. Enumerable
                .Range(0, colored.Channels.Count)
                .Select(channel =>
                {
                    var (known, meaning, role) = (estimates.Channels[channel], meanings[channel], roles[channel]);
                    var digit = greyEstimates?.Channels[channel].Digit ?? known.DigitGivenColor;
                    return new Neuron(
                        colored.Name,
                        channel,
                        Names.Kebab($"{role.Role}"),
                        role.Agreement,
                        known.Color.Nats,
                        known.Digit.Nats,
                        known.ColorGivenDigit.Nats,
                        known.DigitGivenColor.Nats,
                        known.Color.Share,
                        known.Digit.Share,
                        known.ColorGivenDigit.Share,
                        known.DigitGivenColor.Share,
                        greyEstimates?.Channels[channel].Digit.Share,
                        known.ColorGivenDigit.PValue,
                        digit.PValue,
                        known.ColorGivenDigit.QValue,
                        digit.QValue,
                        meaning.Strength,
                        meaning.Active,
                        meaning.Entropy,
                        meaning.Purity,
                        meaning.Score,
                        TopImages.Of(strengths.Channels[channel], Naive).Select(at => strengths.Labels[at]).Distinct().Count(),
                        TopImages.Of(colored.Channels[channel], Shown),
                        new Dictionary<string, double>());
                }),
        ];
    }

    private InformationEstimates Test(ActivationTable table, RunContext run)
    {
        var test = new MutualInformationTest(table, Binning, run, Threads);
        return new(test, test.Run(Permutations, Roles.Discovery, run));
    }
}
