namespace Pentimento.Probing;

/// <summary>Asks every channel of a table how much it tells of colour and digit, alone and given the other.</summary>
/// <remarks>
/// Shannon, 1948, "A mathematical theory of communication". Permutation p-values: Phipson and Smyth, 2010, "Permutation P-values should never be
/// zero", arXiv:1603.05766: each permutation deals the labels anew once for all channels; for a conditional question it deals within each condition.
/// </remarks>
public sealed class MutualInformationTest
{
    private readonly MutualInformationEstimator[] questions;
    private readonly Bins[] bins;
    private readonly int threads;

    /// <summary>Sorts every channel's answers into bins.</summary>
    /// <param name="table">The answers.</param>
    /// <param name="binning">How answers become kinds.</param>
    /// <param name="run">Hears about progress.</param>
    /// <param name="threads">Cores to use, 0 for all.</param>
    public MutualInformationTest(ActivationTable table, Binning binning, RunContext run, int threads = 0)
    {
        (this.threads, Count, bins) = (threads, table.Count, new Bins[table.Channels.Count]);
        questions = [new(table.Colors), new(table.Labels), new(table.Colors, table.Labels), new(table.Labels, table.Colors)];
        ParallelLoop.For(bins.Length, threads, channel => bins[channel] = binning.Sort(table.Channels[channel]), run.Cancel);
    }

    /// <summary>How many images there are.</summary>
    public int Count { get; }

    /// <summary>The kind of answer of each channel to each image.</summary>
    public IReadOnlyList<Bins> Bins => bins;

    /// <summary>What every channel tells, judged at a false discovery rate of 5%.</summary>
    /// <param name="permutations">How many permutations stand behind each p-value; 0 for none.</param>
    /// <param name="run">Hears about progress; its seed decides the permutations.</param>
    public IReadOnlyList<ChannelInformation> Ask(int permutations, RunContext run) => Ask(permutations, 0.05, run);

    /// <summary>What every channel tells.</summary>
    /// <remarks>
    /// With B permutations no p-value is below 1 / (B + 1), which over C channels may be more than a correction for all of them lets pass. Channels
    /// that no permutation has equalled are permuted on until it does, which takes C / rate channels' permutations at most (Besag and Clifford, 1991,
    /// "Sequential Monte Carlo p-values").
    /// </remarks>
    /// <param name="permutations">How many permutations stand behind each p-value at least; 0 for none.</param>
    /// <param name="rate">The false discovery rate at which the answers are to be judged.</param>
    /// <param name="run">Hears about progress; its seed decides the permutations.</param>
    public IReadOnlyList<ChannelInformation> Ask(int permutations, double rate, RunContext run)
    {
        var found = Answers(bins, [.. questions.Select(question => question.Cells)], run.Cancel);
        var asMuch = found.Select(_ => new int[questions.Length]).ToArray();
        var dice = new SplitMix64(run.Seed.For("permutations"));
        for (var permutation = 0; permutation < permutations; permutation++)
        {
            var dealt = new ushort[questions.Length][];
            for (var at = 0; at < dealt.Length; at++) dealt[at] = questions[at].Shuffled(ref dice);
            var byChance = Answers(bins, dealt, run.Cancel);
            for (var channel = 0; channel < found.Length; channel++)
            {
                for (var at = 0; at < dealt.Length; at++)
                    asMuch[channel][at] += byChance[channel][at].Nats >= found[channel][at].Nats - 1e-12 ? 1 : 0;
            }

            run.Report(new("permutations", permutation + 1, permutations));
        }

        var columns = new Information[questions.Length][];
        for (var at = 0; at < columns.Length; at++)
            columns[at] = Column(at, found, asMuch, PermuteOn(at, found, asMuch, permutations, rate, ref dice, run));
        return
        [
            .. Enumerable
                .Range(0, bins.Length)
                .Select(channel => new ChannelInformation(columns[0][channel], columns[1][channel], columns[2][channel], columns[3][channel])),
        ];
    }

    /// <summary>Each channel's information as if these images had been drawn: for each channel the shares of entropy, corrected, in the
    /// order of <see cref="ChannelInformation"/>.</summary>
    /// <param name="places">The images drawn, as many as there are; an image may come twice.</param>
    /// <param name="cancel">Set when the user has had enough.</param>
    internal double[][] Resampled(int[] places, CancellationToken cancel)
    {
        var drawn = questions.Select(question => Array.ConvertAll(places, place => question.Cells[place])).ToArray();
        var kinds = Array.ConvertAll(bins, channel => channel with { Kinds = Array.ConvertAll(places, place => channel.Kinds[place]) });
        return Array.ConvertAll(Answers(kinds, drawn, cancel), answers =>
            answers.Select((answer, at) => Share(answer.Nats - answer.Bias, at)).ToArray());
    }

    private (double Nats, double Bias)[][] Answers(Bins[] kinds, ushort[][] cells, CancellationToken cancel)
    {
        var answers = new (double, double)[kinds.Length][];
        ParallelLoop.For(
            kinds.Length,
            threads,
            channel =>
                answers[channel] = [.. questions.Select((question, at) => question.Ask(kinds[channel].Kinds, kinds[channel].Count, cells[at]))],
            cancel);
        return answers;
    }

    /// <summary>Permutes for the channels that were never equalled until a correction over all channels can believe them; returns how many
    /// permutations each channel had.</summary>
    private int[] PermuteOn(
        int question, (double Nats, double Bias)[][] found, int[][] asMuch, int permutations, double rate, ref SplitMix64 dice, RunContext run)
    {
        var taken = Enumerable.Repeat(permutations, found.Length).ToArray();
        int[] open = permutations == 0 || rate <= 0 ? [] : [.. Enumerable.Range(0, found.Length).Where(channel => asMuch[channel][question] == 0)];
        for (var had = permutations; open.Length > 0 && found.Length > rate * open.Length * (had + 1.0); had++)
        {
            var (dealt, channels) = (questions[question].Shuffled(ref dice), open);
            ParallelLoop.For(
                channels.Length,
                threads,
                at =>
                {
                    var (channel, kinds) = (channels[at], bins[channels[at]]);
                    var (nats, _) = questions[question].Ask(kinds.Kinds, kinds.Count, dealt);
                    if (nats >= found[channel][question].Nats - 1e-12) asMuch[channel][question]++;
                    taken[channel]++;
                },
                run.Cancel);
            open = Array.FindAll(open, channel => asMuch[channel][question] == 0);
            run.Report(new("permutations for the clearest channels", had - permutations + 1, (long)(found.Length / (rate * Math.Max(1, open.Length)))));
        }

        return taken;
    }

    private Information[] Column(int question, (double Nats, double Bias)[][] found, int[][] asMuch, int[] taken)
    {
        double[] chances = [.. asMuch.Select((counts, channel) => (1.0 + counts[question]) / (1 + taken[channel]))];
        var discoveries = FalseDiscovery.Adjust(chances);
        return [.. found.Select((answers, channel) =>
        {
            var corrected = answers[question].Nats - answers[question].Bias;
            return new Information(answers[question].Nats, corrected, Share(corrected, question), chances[channel], discoveries[channel]);
        })];
    }

    private double Share(double nats, int question) => questions[question].Entropy > 0 ? nats / questions[question].Entropy : 0;
}
