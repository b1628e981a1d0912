using System.Text.Json.Nodes;
using Pentimento.Attacks;
using Pentimento.Checks;
using Pentimento.Cues;

namespace Pentimento.Tests.Checks;

public sealed class RequirementTests
{
    [Fact]
    public void Settings_stand_in_brackets() =>
        Assert.Equal(new Accuracy(By: "place", Group: "worst"), Requirement.Parse("accuracy[group=worst, by=place] >= 0.85").Quantity);

    [Fact]
    public void A_single_value_is_the_first_setting() =>
        Assert.Equal(new AttackSuccess { With = new Pgd(Radius: 0.03) }, Requirement.Parse("attack[pgd:radius=0.03] <= 0.2").Quantity);

    [Fact]
    public void A_cue_is_required_by_its_name() =>
        Assert.Equal(new Follows { Cue = new Border(3) }, Requirement.Parse("follows[border:width=3] <= 0.1").Quantity);

    [Fact]
    public void A_number_of_a_result_is_named_by_its_keys() => Assert.Equal(
        new ResultValue("audit", "focus.on-digit", "limit=5"), Requirement.Parse("audit[limit=5].focus.on-digit >= 0.2").Quantity);

    [Theory]
    [InlineData("accuracy >= 97%", 0.97)]
    [InlineData("flip-rate <= 0.05", 0.05)]
    [InlineData("size <= 4M", 4 * 1024 * 1024)]
    [InlineData("latency < 5 ms", 5)]
    [InlineData("discover.suspects == 0", 0)]
    public void A_limit_is_in_the_quantitys_unit(string text, double limit) => Assert.Equal(limit, Requirement.Parse(text).Limit);

    [Theory]
    [InlineData("acuracy >= 0.9", "did you mean 'accuracy'?")]
    [InlineData("accuracy[grup=worst] >= 0.9", "did you mean 'group'?")]
    [InlineData("accuracy 0.9", "is no requirement")]
    [InlineData("accuracy >= many", "is no number")]
    [InlineData("accuracy >= nan", "is no number")]
    [InlineData("accuracy >= 97", "is no share")]
    [InlineData("accuracy[] >= 0.9", "nothing between the brackets")]
    [InlineData("accuracy[class=1 >= 0.9", "is no requirement")]
    [InlineData("accuracy]class=1[ >= 0.9", "bracket is not closed")]
    [InlineData("attack[pdg] <= 0.2", "did you mean 'pgd'?")]
    public void What_cannot_be_meant_is_refused_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Requirement.Parse(text)).Message);

    [Theory]
    [InlineData("accuracy >= 0.9", "accuracy <= 0.8")]
    [InlineData("accuracy > 0.9", "accuracy <= 0.9")]
    [InlineData("size == 4", "size == 5")]
    public void Requirements_that_no_network_meets_together_are_refused(string one, string other) => Assert.Contains(
        "contradict", Assert.Throws<BadInputException>(() => Contradictions.Refuse([one, other])).Message);

    [Fact]
    public void The_same_requirement_twice_is_refused() => Assert.Contains(
        "twice", Assert.Throws<BadInputException>(() => Contradictions.Refuse(["accuracy >= 0.9", "accuracy >= 90%"])).Message);

    [Theory]
    [InlineData("accuracy >= 0.9", "accuracy <= 0.9")]
    [InlineData("accuracy >= 0.8", "accuracy[class=1] <= 0.1")]
    public void Others_stand_side_by_side(string one, string other) => Contradictions.Refuse([one, other]);

    private static readonly JsonNode Result = JsonNode.Parse(
        """
        { "flipRate": 0.2, "low": 0.1, "high": 0.3, "colorShare": 0.7, "count": 50, "suspects": [1, 2],
          "accuracy": { "hits": 9, "count": 10, "value": 0.9, "low": 0.6, "high": 0.98 }, "sure": true, "name": "x" }
        """)!;

    [Fact]
    public void A_number_right_before_low_and_high_has_that_interval() =>
        Assert.Equal(new(0.2, 0.1, 0.3, 50), ResultValue.Read(Result, "flip-rate", "audit"));

    [Fact]
    public void A_number_elsewhere_is_exact() => Assert.Equal(Measurement.Exactly(0.7), ResultValue.Read(Result, "color-share", "audit"));

    [Fact]
    public void A_share_has_its_own_interval() => Assert.Equal(new(0.9, 0.6, 0.98, 10), ResultValue.Read(Result, "accuracy", "audit"));

    [Theory]
    [InlineData("", RequirementStatus.Passed)]
    [InlineData("none", RequirementStatus.Passed)]
    [InlineData("undecided", RequirementStatus.Undecided)]
    [InlineData("shortcut undecided", RequirementStatus.Failed)]
    public void A_suspect_that_is_undecided_neither_passes_nor_fails(string findings, RequirementStatus expected)
    {
        var suspects = findings.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(finding => (JsonNode)new JsonObject { ["finding"] = finding });
        var result = new JsonObject { ["suspects"] = new JsonArray([.. suspects]) };

        var row = RequirementDecision.Of("discover.suspects == 0", ResultValue.Read(result, "suspects", "discover"));

        Assert.Equal(expected, row.Status);
    }

    [Fact]
    public void A_list_counts_its_entries() => Assert.Equal(Measurement.Exactly(2), ResultValue.Read(Result, "suspects", "audit"));

    [Theory]
    [InlineData("colour-share", "did you mean 'color-share'?")]
    [InlineData("name", "has no number at 'name'")]
    [InlineData("suspects.7", "has nothing at 'suspects.7'")]
    public void What_a_result_does_not_hold_is_refused(string path, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => ResultValue.Read(Result, path, "audit")).Message);
}
