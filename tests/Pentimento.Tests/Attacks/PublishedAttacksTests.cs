using Pentimento.Attacks;

namespace Pentimento.Tests.Attacks;

public sealed class PublishedAttacksTests
{
    [Theory]
    [InlineData("fgsm", "7:3", 0, 0.130)]
    [InlineData("pgd", "any", 1, 0.060)]
    // Two networks were published, and two tasks.
    [InlineData("pgd", "any", 2, null)]
    [InlineData("pgd", "next", 0, null)]
    public void A_rate_is_that_of_the_attack_the_task_and_the_network(string attack, string task, int network, double? rate) =>
        Assert.Equal(rate, PublishedAttacks.Rate(attack, AttackTask.Parse(task), network));
}
