namespace Pentimento.Probing;

/// <summary>A channel's role with its bootstrap agreement and the information that decides it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Agreement">The share of bootstrap resamples of the images, corrected for their bias, that give the same role.</param>
/// <param name="ColorShare">Its information on the color, as a share of the color's entropy; 0 if not significant.</param>
/// <param name="DigitShare">Its information on the digit without color, as a share of the digit's entropy; 0 if not significant.</param>
internal sealed record ChannelRole(Role Role, double Agreement, double ColorShare, double DigitShare)
{
    /// <summary>The role of every channel.</summary>
    /// <remarks>
    /// Efron, 1979, "Bootstrap methods: another look at the jackknife": the images are drawn anew with repetition, the same for
    /// all channels. A resample is a sample of the sample, so its plug-in estimate is biased once for the images and once more for the drawing; the
    /// correction takes off one of the two. So each channel's estimates are shifted until their mean is that of the images (Efron and Tibshirani,
    /// 1993, "An introduction to the bootstrap", chapter 10).
    /// </remarks>
    /// <param name="colored">The information estimates on colored images.</param>
    /// <param name="grey">The information estimates on gray images, or null to use the information on the digit given the color.</param>
    /// <param name="rule">The rule from shares of information to roles.</param>
    /// <param name="resamples">Number of bootstrap resamples.</param>
    /// <param name="run">Reports progress and can be cancelled; its seed determines the draws.</param>
    public static IReadOnlyList<ChannelRole> Of(
        InformationEstimates colored,
        InformationEstimates? grey,
        RoleRule rule,
        int resamples,
        RunContext run)
    {
        var channels = Enumerable.Range(0, colored.Channels.Count).ToArray();
        var colors = channels.Select(channel => colored.Channels[channel].ColorGivenDigit).ToArray();
        var digits = channels.Select(channel => grey?.Channels[channel].Digit ?? colored.Channels[channel].DigitGivenColor).ToArray();
        var dead = channels.Select(channel => IsConstant(colored.Test.Bins[channel].Indices)).ToArray();
        double Significant(Information information, double share) => information.QValue <= rule.Discovery ? share : 0;
        Role Decide(int channel, double color, double digit) =>
            dead[channel] ? Role.Dead : rule.Decide(Significant(colors[channel], color), Significant(digits[channel], digit));

        Role[] roles = [.. channels.Select(channel => Decide(channel, colors[channel].Share, digits[channel].Share))];
        double[][] drawnColors = [.. channels.Select(_ => new double[resamples])], drawnDigits = [.. channels.Select(_ => new double[resamples])];
        var random = new SplitMix64(run.Seed.For("resamples"));
        for (var resample = 0; resample < resamples; resample++)
        {
            var drawn = colored.Test.Resampled(Draw(colored.Test.Count, ref random), run.Cancel);
            var drawnGrey = grey?.Test.Resampled(Draw(grey.Test.Count, ref random), run.Cancel);
            foreach (var channel in channels)
                (drawnColors[channel][resample], drawnDigits[channel][resample]) = (drawn[channel][2], drawnGrey?[channel][1] ?? drawn[channel][3]);
            run.Report(new("resamples", resample + 1, resamples));
        }

        double Agreement(int channel)
        {
            if (resamples == 0) return 1;
            var (color, digit) = (Shifted(drawnColors[channel], colors[channel].Share), Shifted(drawnDigits[channel], digits[channel].Share));
            return (double)Enumerable.Range(0, resamples).Count(at => Decide(channel, color[at], digit[at]) == roles[channel]) / resamples;
        }

        return
        [
            .. channels.Select(channel => new ChannelRole(
                roles[channel],
                Agreement(channel),
                Significant(colors[channel], colors[channel].Share),
                Significant(digits[channel], digits[channel].Share))),
        ];
    }

    private static bool IsConstant(byte[] indices) => !indices.AsSpan().ContainsAnyExcept(indices[0]);

    /// <summary>The same values with another mean.</summary>
    internal static double[] Shifted(double[] values, double mean)
    {
        var shift = mean - values.Average();
        return Array.ConvertAll(values, value => value + shift);
    }

    private static int[] Draw(int count, ref SplitMix64 random)
    {
        var places = new int[count];
        for (var at = 0; at < count; at++) places[at] = random.Below(count);
        return places;
    }
}

/// <summary>A mutual information test with its estimates.</summary>
/// <param name="Test">The test.</param>
/// <param name="Channels">The estimates of every channel.</param>
internal sealed record InformationEstimates(MutualInformationTest Test, IReadOnlyList<ChannelInformation> Channels);
