using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Probing;

/// <summary>Ablation of channels by role: the accuracy with single channels ablated, and with groups of channels of one role.</summary>
/// <param name="Neurons">The channels, with the change of accuracy when each is ablated.</param>
/// <param name="Groups">Channels that were ablated together; the first group is empty, the network as it is.</param>
internal sealed record RoleAblation(IReadOnlyList<Neuron> Neurons, IReadOnlyList<AblatedGroup> Groups)
{
    private const int Few = 5;

    /// <summary>Ablates channels of a layer.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="neurons">All channels of one layer.</param>
    /// <param name="sets">The evaluated sets.</param>
    /// <param name="ablationValues">(C), the activation of each channel where it is ablated.</param>
    /// <param name="run">Reports progress and can be cancelled; its seed chooses the random group of channels.</param>
    public static RoleAblation Of(
        Classifier network, IReadOnlyList<Neuron> neurons, IReadOnlyList<ImageSet> sets, double[] ablationValues, RunContext run)
    {
        var groups = GroupsOf(neurons, run);
        IReadOnlyList<int>[] all = [.. groups.Select(group => group.Channels), .. neurons.Select(neuron => (IReadOnlyList<int>)[neuron.Index])];
        var evaluated = sets
            .Select(set => (set.Name, Shares: ChannelAblation.Accuracy(network, set, neurons[0].Layer, all, ablationValues, run)))
            .ToList();
        return new(
            [
                .. neurons.Select(
                    (neuron, at) =>
                        neuron with
                        {
                            Ablation = evaluated.ToDictionary(set => set.Name, set => set.Shares[groups.Count + at].Value - set.Shares[0].Value),
                        }
                ),
            ],
            [.. groups.Select((group, at) => group with { Accuracy = evaluated.ToDictionary(set => set.Name, set => set.Shares[at]) })]);
    }

    private static IReadOnlyList<AblatedGroup> GroupsOf(IReadOnlyList<Neuron> neurons, RunContext run)
    {
        int[] Of(string role, Func<Neuron, double> information) =>
            [.. neurons.Where(neuron => neuron.Role == role).OrderByDescending(information).Select(neuron => neuron.Index)];
        var (traitors, heroes) = (Of("traitor", neuron => neuron.ColorGivenDigit), Of("hero", neuron => neuron.Survives));
        // A control: the effect of five channels of a role is compared with that of any five.
        var random = new SplitMix64(run.Seed.For("any channels"));
        int[] living = [.. neurons.Where(neuron => neuron.Role != "dead").Select(neuron => neuron.Index)];
        for (var left = living.Length; left > 1; left--)
        {
            var chosen = random.Below(left);
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
                .Select(group => new AblatedGroup(group.Name, group.Channels, new Dictionary<string, Share>())),
        ];
    }
}

/// <summary>Channels that were ablated together, and the accuracy without them.</summary>
/// <param name="Name">The name of the group.</param>
/// <param name="Channels">The indices of the channels.</param>
/// <param name="Accuracy">The accuracy with the group ablated, by set.</param>
public sealed record AblatedGroup(string Name, IReadOnlyList<int> Channels, IReadOnlyDictionary<string, Share> Accuracy);
