using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Probing;

/// <summary>Whether roles are causes: accuracies without single channels, and without all of a kind together.</summary>
/// <param name="Neurons">The channels, with the change of accuracy without each.</param>
/// <param name="Groups">Channels that were silenced together; the first group is empty, the network as it is.</param>
public sealed record AblationTask(IReadOnlyList<Neuron> Neurons, IReadOnlyList<SilencedGroup> Groups)
{
    private const int Few = 5;

    /// <summary>Silences channels of a layer.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="neurons">All channels of one layer.</param>
    /// <param name="sets">The sets to judge on.</param>
    /// <param name="silence">(C), what a silenced channel answers everywhere.</param>
    /// <param name="run">Hears about progress; its seed chooses the channels that stand beside those of a role.</param>
    public static AblationTask Of(Classifier network, IReadOnlyList<Neuron> neurons, IReadOnlyList<ImageSet> sets, double[] silence, RunContext run)
    {
        var groups = Together(neurons, run);
        IReadOnlyList<int>[] all = [.. groups.Select(group => group.Channels), .. neurons.Select(neuron => (IReadOnlyList<int>)[neuron.Index])];
        var judged = sets.Select(set => (set.Name, Shares: ChannelAblation.Accuracy(network, set, neurons[0].Layer, all, silence, run))).ToList();
        return new(
            [
                .. neurons.Select(
                    (neuron, at) =>
                        neuron with
                        {
                            Ablation = judged.ToDictionary(set => set.Name, set => set.Shares[groups.Count + at].Value - set.Shares[0].Value),
                        }
                ),
            ],
            [.. groups.Select((group, at) => group with { Accuracy = judged.ToDictionary(set => set.Name, set => set.Shares[at]) })]);
    }

    private static IReadOnlyList<SilencedGroup> Together(IReadOnlyList<Neuron> neurons, RunContext run)
    {
        int[] Of(string role, Func<Neuron, double> tells) =>
            [.. neurons.Where(neuron => neuron.Role == role).OrderByDescending(tells).Select(neuron => neuron.Index)];
        var (traitors, heroes) = (Of("traitor", neuron => neuron.ColorGivenDigit), Of("hero", neuron => neuron.Survives));
        // What five channels do must be more than what any five do.
        var dice = new SplitMix64(run.Seed.For("any channels"));
        int[] living = [.. neurons.Where(neuron => neuron.Role != "dead").Select(neuron => neuron.Index)];
        for (var left = living.Length; left > 1; left--)
        {
            var chosen = dice.Below(left);
            (living[left - 1], living[chosen]) = (living[chosen], living[left - 1]);
        }

        (string Name, int[] Channels)[] groups =
        [
            ("none", []),
            ($"top {Few} traitors", traitors[..Math.Min(Few, traitors.Length)]),
            ("all traitors", traitors),
            ($"top {Few} heroes", heroes[..Math.Min(Few, heroes.Length)]),
            ("all heroes", heroes),
            ($"any {Few} channels", living[..Math.Min(Few, living.Length)]),
        ];
        return
        [
            .. groups
                .Where(group => group.Name == "none" || group.Channels.Length > 0)
                .Select(group => new SilencedGroup(group.Name, group.Channels, new Dictionary<string, Share>())),
        ];
    }
}

/// <summary>Channels that were silenced together.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Channels">Their numbers.</param>
/// <param name="Accuracy">The accuracy without them, by set.</param>
public sealed record SilencedGroup(string Name, IReadOnlyList<int> Channels, IReadOnlyDictionary<string, Share> Accuracy);
