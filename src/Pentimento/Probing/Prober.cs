using System.ComponentModel.DataAnnotations;

namespace Pentimento.Probing;

/// <summary>Finds out what every channel of a table knows; the channels may be anybody's.</summary>
/// <param name="Binning">How answers become kinds.</param>
/// <param name="Permutations">How many permutations stand behind each p-value at least.</param>
/// <param name="Resamples">How many bootstrap resamples stand behind each role.</param>
/// <param name="Roles">From information to roles.</param>
/// <param name="Strong">What counts as a strong answer.</param>
/// <param name="Threads">Cores to use, 0 for all.</param>
public sealed record Prober(
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
    /// <param name="colored">Answers to images whose colour says nothing of the digit.</param>
    /// <param name="grey">Answers of the same channels to images without colour, or null.</param>
    /// <param name="strengths">How strongly the channels answer, best to images without colour.</param>
    /// <param name="run">Hears about progress; its seed decides every draw.</param>
    public IReadOnlyList<Neuron> Probe(ActivationTable colored, ActivationTable? grey, ActivationTable strengths, RunContext run)
    {
        var asked = Ask(colored, run.For("coloured"));
        var askedGrey = grey is null ? null : Ask(grey, run.For("grey"));
        var roles = ChannelRole.Of(asked, askedGrey, Roles, Resamples, run);
        var meanings = Polysemanticity.Of(strengths, Strong);
        return
        [
            .. Enumerable
                .Range(0, colored.Channels.Count)
                .Select(channel =>
                {
                    var (known, meaning, role) = (asked.Answers[channel], meanings[channel], roles[channel]);
                    var digit = askedGrey?.Answers[channel].Digit ?? known.DigitGivenColor;
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
                        askedGrey?.Answers[channel].Digit.Share,
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

    private InformationEstimates Ask(ActivationTable table, RunContext run)
    {
        var interview = new MutualInformationTest(table, Binning, run, Threads);
        return new(interview, interview.Ask(Permutations, Roles.Discovery, run));
    }
}
