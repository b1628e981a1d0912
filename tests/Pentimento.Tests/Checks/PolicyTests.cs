using Pentimento.Checks;

namespace Pentimento.Tests.Checks;

public sealed class PolicyTests
{
    [Fact]
    public void A_policy_that_was_written_reads_back()
    {
        using var scratch = new Scratch();
        var file = scratch.At("policy.yaml");

        Policy.Write(file, "photos/a: b", ["accuracy >= 0.9", "accuracy[group=worst, by=place] >= 0.5"]);
        var policy = Policy.Read(file);

        Assert.Equal(("photos/a: b", UndecidedRule.Fail), (policy.Data, policy.Undecided));
        Assert.Equal(["accuracy >= 0.9", "accuracy[group=worst, by=place] >= 0.5"], policy.Requirements.Select(requirement => requirement.Text));
    }

    [Theory]
    [InlineData("requirement:\n  - accuracy >= 0.9\n", "did you mean 'requirements'?")]
    [InlineData("requirements: []\n", "there is none")]
    [InlineData("requirements: accuracy >= 0.9\n", "is a list")]
    [InlineData("requirements:\n  - accuracy: 0.9\n", "requirement 1 is no text")]
    [InlineData("requirements:\n  - accuracy >= 0.9\n  - acuracy >= 0.9\n", "line 3: Nothing called 'acuracy'")]
    [InlineData("undecided: perhaps\nrequirements:\n  - accuracy >= 0.9\n", "expected one of fail, pass")]
    [InlineData("- accuracy >= 0.9\n", "is no policy")]
    [InlineData("requirements:\n  - [\n", "line")]
    public void What_cannot_be_meant_is_refused_in_a_sentence(string text, string part)
    {
        using var scratch = new Scratch();

        var failure = Assert.Throws<BadInputException>(() => Policy.Read(scratch.Write("p.yaml", text)));

        Assert.Contains(part, failure.Message);
        Assert.Contains("p.yaml", failure.Message);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains(
        "There is no policy nowhere.yaml", Assert.Throws<BadInputException>(() => Policy.Read("nowhere.yaml")).Message);

    [Fact]
    public void Packed_truth_values_come_back() =>
        Assert.Equal([true, false, true, true, false, false, false, false, true], BitList.Unpack(
            BitList.Pack([true, false, true, true, false, false, false, false, true]), 9, "f"));

    [Theory]
    [InlineData("AAAA", 9)]
    [InlineData("!", 3)]
    public void Others_are_refused(string text, int count) => Assert.Throws<BadInputException>(() => BitList.Unpack(text, count, "f"));
}
