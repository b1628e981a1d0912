using Pentimento.Probing;

namespace Pentimento.Tests.Probing;

public sealed class ChannelRoleTests
{
    private const int Count = 3000;
    private static readonly string[] Names = ["colour", "digit", "both", "none", "dead", "sparse colour", "sparse digit"];
    private static readonly Role[] Expected = [Role.Traitor, Role.Hero, Role.Both, Role.None, Role.Dead, Role.Traitor, Role.Hero];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void Neurons_of_known_information_get_their_roles_on_balanced_and_on_biased_images(double bias)
    {
        var table = Synthetic(bias);
        var test = new MutualInformationTest(table, new QuantileBins(), RunContext.OnCpu());

        var roles = ChannelRole.Of(new(test, test.Run(99, RunContext.OnCpu())), null, new(), 20, RunContext.OnCpu());

        Assert.All(Expected.Index(), pair => Assert.True(roles[pair.Index].Role == pair.Item, $"{Names[pair.Index]}: {roles[pair.Index]}"));
        // On biased images the third tells 1.9 times as much of the colour as of the digit, and at twice as much it were a traitor.
        Assert.All(roles, role => Assert.InRange(role.Agreement, 0.7, 1));
    }

    [Fact]
    public void Grey_images_have_the_last_word_on_what_survives()
    {
        // On grey images the digit detector falls silent, and so it is no hero.
        var colored = Synthetic(0);
        var grey = new ActivationTable(
            "grey",
            [.. colored.Channels.Select((answers, at) => at == 1 ? new double[Count] : answers)],
            colored.Labels,
            new long[Count]);
        InformationEstimates Asked(ActivationTable table)
        {
            var test = new MutualInformationTest(table, new QuantileBins(), RunContext.OnCpu());
            return new(test, test.Run(99, RunContext.OnCpu()));
        }

        var roles = ChannelRole.Of(Asked(colored), Asked(grey), new(), 5, RunContext.OnCpu());

        Assert.Equal(Role.Traitor, roles[0].Role);
        Assert.Equal(Role.None, roles[1].Role);
        Assert.Equal(Role.Both, roles[2].Role);
    }

    [Fact]
    public void What_chance_would_tell_as_well_is_not_believed()
    {
        // Thirty images of noise tell far more than the floor, and no more than any other noise.
        var random = new SplitMix64(new(9));
        var table = new ActivationTable(
            "few",
            [
                [.. Enumerable.Range(0, 30).Select(_ => random.Uniform())],
            ],
            [.. Enumerable.Range(0, 30).Select(at => at % 3L)],
            [.. Enumerable.Range(0, 30).Select(at => at / 3 % 3L)]);
        var test = new MutualInformationTest(table, new QuantileBins(), RunContext.OnCpu());

        Assert.Equal(Role.None, ChannelRole.Of(new(test, test.Run(99, RunContext.OnCpu())), null, new(), 0, RunContext.OnCpu())[0].Role);
    }

    [Fact]
    public void Agreement_is_right_about_as_often_as_it_says()
    {
        // Channels on both sides of the border between hero and both, asked four times on 1,000 images; thirty thousand tell what they are.
        const int Many = 30_000, Images = 1000, Resamples = 40;
        var reach = Enumerable.Range(0, 60).Select(at => 0.45 + (0.005 * at)).ToArray();
        var random = new SplitMix64(new(12));
        var truth = Roles(Many, 0);

        var said = Enumerable.Range(0, 4).SelectMany(_ => Roles(Images, Resamples).Zip(truth, (role, known) => (
            role.Role, role.Agreement, IsRight: role.Role == known.Role))).ToList();

        var heroes = said.Where(one => one.Role == Role.Hero).ToList();
        Assert.InRange(heroes.Count, 60, 180);
        foreach (var group in new[] { said, heroes, [.. said.Where(one => one.Agreement < 0.9)] })
            Assert.Equal(group.Average(one => one.IsRight ? 1 : 0), group.Average(one => one.Agreement), 0.1);

        IReadOnlyList<ChannelRole> Roles(int images, int resamples)
        {
            long[] digits = new long[images], colors = new long[images];
            for (var at = 0; at < images; at++) (digits[at], colors[at]) = (random.Below(5), random.Below(5));
            var channels = reach.Select(_ => new double[images]).ToArray();
            for (var channel = 0; channel < channels.Length; channel++)
            {
                for (var at = 0; at < images; at++)
                    channels[channel][at] = (digits[at] * 2 % 5) + (reach[channel] * (colors[at] * 3 % 5)) + (4 * random.Uniform());
            }

            var test = new MutualInformationTest(new("border", channels, digits, colors), new QuantileBins(5), RunContext.OnCpu());
            // Without permutations nothing is significant; here everything may be.
            return ChannelRole.Of(new(test, test.Run(0, RunContext.OnCpu())), null, new(Discovery: 1), resamples, RunContext.OnCpu());
        }
    }

    [Fact]
    public void Resampled_estimates_are_moved_until_their_mean_is_the_images_own() =>
        Assert.Equal([0.4, 0.5, 0.6], ChannelRole.Shifted([0.7, 0.8, 0.9], 0.5), (one, other) => Math.Abs(one - other) < 1e-12);

    [Theory]
    [InlineData(0.019, 0.019, nameof(Role.None))]
    [InlineData(0.02, 0.01, nameof(Role.Traitor))]
    [InlineData(0.02, 0.0101, nameof(Role.Both))]
    [InlineData(0.1, 0.2, nameof(Role.Hero))]
    [InlineData(0.1, 0.19, nameof(Role.Both))]
    public void The_rule_is_two_numbers(double color, double digit, string role) =>
        Assert.Equal(role, $"{new RoleRule().Decide(color, digit)}");

    private static ActivationTable Synthetic(double bias)
    {
        var random = new SplitMix64(new(4));
        var digits = Enumerable.Range(0, Count).Select(at => at % 10L).ToArray();
        var colors = new long[Count];
        for (var at = 0; at < Count; at++) colors[at] = random.Uniform() < bias ? digits[at] : random.Below(10);
        var channels = Names.Select(_ => new double[Count]).ToArray();
        for (var at = 0; at < Count; at++)
        {
            channels[0][at] = colors[at] + random.Uniform();
            channels[1][at] = digits[at] + random.Uniform();
            channels[2][at] = (digits[at] < 5 ? 1 : 0) + (colors[at] < 5 ? 2 : 0) + (0.5 * random.Uniform());
            channels[3][at] = random.Uniform();
            channels[5][at] = colors[at] == 3 && random.Uniform() < 0.7 ? random.Uniform() : 0;
            channels[6][at] = digits[at] == 3 && random.Uniform() < 0.7 ? random.Uniform() : 0;
        }

        return new("synthetic", channels, digits, colors);
    }
}
