using Pentimento.Probing;

namespace Pentimento.Tests.Probing;

public sealed class MutualInformationTestTests
{
    private static readonly long[] Digits = [.. Enumerable.Range(0, 2000).Select(at => at * 7L % 10)];
    private static readonly long[] Colors = [.. Enumerable.Range(0, 2000).Select(at => (at * 3L + at / 10) % 10)];
    private static readonly double[] Noise =
    [
        .. Enumerable.Range(0, 2000).Select(at => (at + 1) * 0.6180339887498949).Select(value => value - Math.Floor(value)),
    ];

    // scikit-learn 1.2.1's mutual_info_score on numpy's quantile bins, zeros apart: I(n; colour), I(n; digit), I(n; colour | digit), I(n;
    // digit | colour);
    // then the same after the jackknife, by leaving out each image in turn (numpy).
    private static readonly (double[] Nats, double[] Corrected)[] Expected =
    [
        ([0.0, 2.302585092994046, 0.0, 2.3025850929940455], [-0.020669094077241653, 2.3048392284326837, 0.0, 2.3255083225021735]),
        (
            [1.2964329879380028, 0.0033009835071083626, 1.312631811272164, 0.019499806841269295],
            [1.2941572888826158, -0.01737115501101716, 1.2871199314618025, -0.024408512438462537]),
        (
            [0.009575424495343139, 0.13104333374754012, 0.22943930514936908, 0.3509072144015659],
            [-0.014579456523968304, 0.11172480307510568, 0.11209016496530921, 0.23839442456210236]),
        (
            [0.016119632014616123, 0.02349323701570313, 0.016372645035851518, 0.023746250036938137],
            [0.009188118115950772, 0.023493190895123917, 0.009436018815470959, 0.02374109159912763]),
        (
            [0.0016774014861316092, 0.0007919903894594293, 0.38246317408754527, 0.3815777629908731],
            [-0.01899326517179034, -0.019877803392825966, 0.1776497861289954, 0.17676524790260828]),
    ];

    [Fact]
    public void Information_is_scikit_learns_to_the_last_digits()
    {
        double[][] channels =
        [
            [.. Digits.Zip(Noise, (digit, noise) => digit + (noise * 0.5))],
            [.. Colors.Zip(Noise, (color, noise) => color + (noise * 3))],
            [.. Digits.Zip(Noise, (digit, noise) => Math.Max(0, noise - 0.7) * (digit + 1))],
            [.. Digits.Zip(Noise, (digit, noise) => digit == 3 && noise > 0.9 ? noise : 0)],
            Noise,
        ];
        var answers = new MutualInformationTest(new("synthetic", channels, Digits, Colors), new QuantileBins(), RunContext.OnCpu()).Run(
            0,
            RunContext.OnCpu());

        for (var channel = 0; channel < channels.Length; channel++)
        {
            var found = new[] { answers[channel].Color, answers[channel].Digit, answers[channel].ColorGivenDigit, answers[channel].DigitGivenColor };
            for (var at = 0; at < found.Length; at++)
            {
                Assert.Equal(Expected[channel].Nats[at], found[at].Nats, 1e-12);
                // Leaving out one image of 2000 multiplies the rounding of the reference by 2000.
                Assert.Equal(Expected[channel].Corrected[at], found[at].Corrected, 1e-10);
                Assert.Equal(found[at].Corrected / Math.Log(10), found[at].Share, 1e-12);
            }
        }
    }

    [Fact]
    public void A_clear_channel_among_many_is_permuted_for_until_the_correction_can_speak()
    {
        // One channel is the digit, one the colour; 62 are noise. With 200 permutations p is 1/201 at least, and 64 times that is .32.
        var dice = new SplitMix64(new(5));
        double[][] channels =
        [
            [.. Digits.Select(digit => (double)digit)],
            [.. Colors.Select(color => (double)color)],
            .. Enumerable.Range(0, 62).Select(_ => Enumerable.Range(0, 2000).Select(_ => dice.Uniform()).ToArray()),
        ];
        var test = new MutualInformationTest(new("many", channels, Digits, Colors), new QuantileBins(), RunContext.OnCpu());

        var answers = test.Run(200, 0.05, RunContext.OnCpu(1));

        Assert.InRange(answers[0].DigitGivenColor.QValue, 0, 0.05);
        Assert.InRange(answers[1].ColorGivenDigit.QValue, 0, 0.05);
        Assert.InRange(answers[0].DigitGivenColor.PValue, 1 / 1300.0, 1 / 600.0);
        // Under the null a p-value below .05 is as rare as it says, whoever was permuted for longer.
        Assert.InRange(answers.Skip(2).Count(answer => answer.Digit.PValue < 0.05), 0, 9);
        Assert.All(answers.Skip(2), answer => Assert.InRange(answer.DigitGivenColor.QValue, 0.05, 1));
    }

    [Fact]
    public void A_lone_channel_among_128_is_named()
    {
        // With 200 permutations p is 1/201 at least, and over 128 channels that is no discovery: .64.
        var dice = new SplitMix64(new(6));
        long[] digits = [.. Enumerable.Range(0, 400).Select(at => at % 4L)], colors = [.. Enumerable.Range(0, 400).Select(at => at / 4 % 4L)];
        double[][] channels = [.. Enumerable.Range(0, 128).Select(_ => digits.Select(_ => dice.Uniform()).ToArray())];
        channels[77] = [.. digits.Select(digit => (digit == 2 ? 0.4 : 0) + dice.Uniform())];
        var test = new MutualInformationTest(new("one", channels, digits, colors), new QuantileBins(4), RunContext.OnCpu());

        var answers = test.Run(200, 0.05, RunContext.OnCpu(1));

        Assert.Equal([77], Enumerable.Range(0, 128).Where(channel => answers[channel].DigitGivenColor.QValue <= 0.05));
    }

    [Fact]
    public void On_a_trained_network_it_is_scikit_learns()
    {
        var (count, means) = (250, (float[])Oracle.Expected("conv3_mean").Data);
        var table = ActivationTable.Of<float>(
            "relu3",
            means.AsSpan(0, count * 64),
            64,
            Oracle.Images.Labels[..count],
            Oracle.Images.AttributeOf("colour")[..count]);

        // The reference bins zeros like any other value.
        var test = new MutualInformationTest(table, new QuantileBins(Zeros: false), RunContext.OnCpu());
        var answers = test.Run(0, RunContext.OnCpu());

        var bins = (byte[])Oracle.Expected("mi250_bins").Data;
        var (ofLabel, ofColor) = ((double[])Oracle.Expected("mi250_label_nats").Data, (double[])Oracle.Expected("mi250_colour_nats").Data);
        for (var channel = 0; channel < 64; channel++)
        {
            Assert.Equal(
                Enumerable.Range(0, count).Select(at => bins[(at * 64) + channel] + 1),
                test.Bins[channel].Indices.Select(kind => (int)kind));
            Assert.Equal(ofLabel[channel], answers[channel].Digit.Nats, 1e-9);
            Assert.Equal(ofColor[channel], answers[channel].Color.Nats, 1e-9);
        }
    }

    [Fact]
    public void On_a_biased_set_only_the_conditional_questions_tell_colour_from_digit()
    {
        // The channel is the colour; 19 of 20 images wear their digit's.
        var random = new SplitMix64(new(1));
        var digits = Enumerable.Range(0, 4000).Select(at => at % 10L).ToArray();
        var colors = Array.ConvertAll(digits, digit => random.Uniform() < 0.95 ? digit : random.Below(10));
        var answer = new MutualInformationTest(
            new("biased", [Array.ConvertAll(colors, color => (double)color + 1)], digits, colors),
            new QuantileBins(),
            RunContext.OnCpu()
        ).Run(0, RunContext.OnCpu())[0];

        Assert.True(answer.Digit.Share > 0.8);
        Assert.Equal(0, answer.DigitGivenColor.Nats, 1e-12);
        Assert.True(answer.ColorGivenDigit.Share > 0.9);
    }

    [Fact]
    public void Chance_is_believed_as_rarely_as_promised()
    {
        // 200 channels of pure noise: p-values are uniform, and after Benjamini and Hochberg hardly one is believed.
        var random = new SplitMix64(new(3));
        double[][] channels = [.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 300).Select(_ => random.Uniform()).ToArray())];
        var (digits, colors) = (
            Enumerable.Range(0, 300).Select(at => at % 10L).ToArray(),
            Enumerable.Range(0, 300).Select(_ => (long)random.Below(10)).ToArray());
        var answers = new MutualInformationTest(new("noise", channels, digits, colors), new QuantileBins(5), RunContext.OnCpu()).Run(
            99,
            RunContext.OnCpu());

        foreach (
            var found in new Func<ChannelInformation, Information>[] { a => a.Color, a => a.Digit, a => a.ColorGivenDigit, a => a.DigitGivenColor }
        )
        {
            // 200 p-values of which a tenth should be at most 0.1; four standard deviations are 0.085.
            Assert.InRange(answers.Count(answer => found(answer).PValue <= 0.1) / 200.0, 0.015, 0.185);
            Assert.InRange(answers.Average(answer => found(answer).PValue), 0.4, 0.6);
            Assert.True(answers.Count(answer => found(answer).QValue <= 0.05) <= 2);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_p_values_whatever_the_threads()
    {
        var table = new ActivationTable("noise", [Noise, [.. Noise.Select(noise => noise * noise % 0.1)]], Digits, Colors);
        double[] PValues(ulong seed, int threads) =>
            [
                .. new MutualInformationTest(table, new QuantileBins(), RunContext.OnCpu(), threads)
                    .Run(40, RunContext.OnCpu(seed))
                    .SelectMany(answer => new[] { answer.Color.PValue, answer.Digit.PValue, answer.ColorGivenDigit.PValue }),
            ];

        Assert.Equal(PValues(1, 1), PValues(1, 2));
        Assert.NotEqual(PValues(1, 1), PValues(2, 1));
    }

    [Fact]
    public void Fixed_thresholds_rank_neurons_anew_in_every_sample_and_quantiles_do_not()
    {
        // Twelve detectors of one digit each whose answers hardly ever pass the threshold, though they always differ.
        var random = new SplitMix64(new(5));
        var digits = Enumerable.Range(0, 4000).Select(at => at % 10L).ToArray();
        var colors = digits.Select(_ => (long)random.Below(10)).ToArray();
        double[][] channels =
        [
            .. Enumerable
                .Range(1, 12)
                .Select(k =>
                    digits
                    .Select(digit => (digit == k % 10 ? 0.02 * k : 0) + (0.2 * random.Uniform()) + (random.Uniform() < 0.02 ? 0.4 : 0))
                    .ToArray()),
        ];
        var table = new ActivationTable("weak", channels, digits, colors);

        var quantiles = BootstrapAgreement.Of(table, new QuantileBins(), 20, 300, RunContext.OnCpu());
        var threshold = BootstrapAgreement.Of(table, new ThresholdBins(), 20, 300, RunContext.OnCpu());

        Assert.True(quantiles > 0.8 && threshold < 0.4, $"{quantiles} and {threshold}");
    }
}
