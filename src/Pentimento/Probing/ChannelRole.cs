namespace Pentimento.Probing;

/// <summary>A channel's role with what it rests on.</summary>
/// <param name="Role">The role.</param>
/// <param name="Agreement">The share of bootstrap resamples of the images that give the same role.</param>
/// <param name="ColorShare">What it tells of the colour, as a share of the colour's entropy; 0 if not believable.</param>
/// <param name="DigitShare">What survives of the digit, as a share of the digit's entropy; 0 if not believable.</param>
public sealed record ChannelRole(Role Role, double Agreement, double ColorShare, double DigitShare)
{
    /// <summary>The role of every channel.</summary>
    /// <remarks>Efron, 1979, "Bootstrap methods: another look at the jackknife": the images are drawn anew with repetition, the same for
    /// all channels.</remarks>
    /// <param name="colored">The channels' answers to coloured images, and what they tell.</param>
    /// <param name="grey">The same channels' answers to grey images, or null to ask for the digit given the colour.</param>
    /// <param name="rule">From shares to roles.</param>
    /// <param name="resamples">How many times the images are drawn anew.</param>
    /// <param name="run">Hears about progress; its seed decides the draws.</param>
    public static IReadOnlyList<ChannelRole> Of(
        InformationEstimates colored,
        InformationEstimates? grey,
        RoleRule rule,
        int resamples,
        RunContext run)
    {
        var channels = Enumerable.Range(0, colored.Answers.Count).ToArray();
        var colors = channels.Select(channel => colored.Answers[channel].ColorGivenDigit).ToArray();
        var digits = channels.Select(channel => grey?.Answers[channel].Digit ?? colored.Answers[channel].DigitGivenColor).ToArray();
        var dead = channels.Select(channel => IsConstant(colored.Interview.Bins[channel].Kinds)).ToArray();
        double Believed(Information information, double share) => information.QValue <= rule.Discovery ? share : 0;
        Role Decide(int channel, double color, double digit) =>
            dead[channel] ? Role.Dead : rule.Decide(Believed(colors[channel], color), Believed(digits[channel], digit));

        Role[] roles = [.. channels.Select(channel => Decide(channel, colors[channel].Share, digits[channel].Share))];
        var agreed = new int[channels.Length];
        var dice = new SplitMix64(run.Seed.For("resamples"));
        for (var resample = 0; resample < resamples; resample++)
        {
            var drawn = colored.Interview.Resampled(Draw(colored.Interview.Count, ref dice), run.Cancel);
            var drawnGrey = grey?.Interview.Resampled(Draw(grey.Interview.Count, ref dice), run.Cancel);
            foreach (var channel in channels)
                agreed[channel] += Decide(channel, drawn[channel][2], drawnGrey?[channel][1] ?? drawn[channel][3]) == roles[channel] ? 1 : 0;
            run.Report(new("resamples", resample + 1, resamples));
        }

        return
        [
            .. channels.Select(channel => new ChannelRole(
                roles[channel],
                resamples == 0 ? 1 : (double)agreed[channel] / resamples,
                Believed(colors[channel], colors[channel].Share),
                Believed(digits[channel], digits[channel].Share))),
        ];
    }

    private static bool IsConstant(byte[] kinds) => !kinds.AsSpan().ContainsAnyExcept(kinds[0]);

    private static int[] Draw(int count, ref SplitMix64 dice)
    {
        var places = new int[count];
        for (var at = 0; at < count; at++) places[at] = dice.Below(count);
        return places;
    }
}

/// <summary>An interview and what was answered.</summary>
/// <param name="Interview">The interview.</param>
/// <param name="Answers">What every channel tells.</param>
public sealed record InformationEstimates(MutualInformationTest Interview, IReadOnlyList<ChannelInformation> Answers);
