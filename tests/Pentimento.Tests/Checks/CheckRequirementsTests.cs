using System.Text.Json.Nodes;
using Pentimento.Checks;
using Pentimento.Tests.Cli;
using Pentimento.Tests.Operations;

namespace Pentimento.Tests.Checks;

/// <summary>The gate as a pipeline runs it, on the oracle's network and its images.</summary>
public sealed class CheckRequirementsTests
{
    private static readonly string[] Check =
        ["check", SmallOperations.Weights, "--network", "cnn3", "--data", SmallOperations.Data];

    [Fact]
    public void A_network_that_meets_its_requirements_passes()
    {
        var json = Command.Succeed([.. Check, "--require", "size > 1", "audit.count >= 1", "--json"]).Json;

        Assert.True((bool)json["passed"]!);
        Assert.Equal(["passed", "passed"], json["requirements"]!.AsArray().Select(row => (string)row!["status"]!));
    }

    [Fact]
    public void One_that_does_not_ends_with_exit_code_3()
    {
        var command = Command.Run([.. Check, "--require", "accuracy[class=worst] >= 1", "size <= 1", "--json"]);

        Assert.Equal(3, command.Code);
        Assert.False((bool)command.Json["passed"]!);
        Assert.Equal("failed", (string)command.Json["requirements"]![1]!["status"]!);
    }

    [Fact]
    public void What_the_images_cannot_decide_fails_unless_it_may_pass()
    {
        string[] undecided = [.. Check, "--limit", "3", "--require", "accuracy >= 0.5"];

        var command = Command.Run([.. undecided, "--json"]);

        Assert.Equal(3, command.Code);
        Assert.Equal("undecided", (string)command.Json["requirements"]![0]!["status"]!);
        Assert.True((long)command.Json["requirements"]![0]!["needed"]! > 3);
        Assert.Equal(0, Command.Run([.. undecided, "--undecided", "pass"]).Code);
    }

    [Fact]
    public void A_policy_of_todays_figures_passes_today_and_is_never_written_over()
    {
        using var scratch = new Scratch();
        var policy = scratch.At("policy.yaml");

        Command.Succeed([.. Check, "--init", "--policy", policy]);

        Command.Succeed([.. Check, "--policy", policy]);
        Assert.Contains("is not written over", Command.Complaint(1, [.. Check, "--init", "--policy", policy]));
    }

    [Fact]
    public void A_worse_network_regresses_against_the_check_of_a_better_one()
    {
        using var scratch = new Scratch();
        var before = JsonNode.Parse(Command.Succeed([.. Check, "--require", "size > 1", "--json"]).Output)!.AsObject();
        var count = (int)before["count"]!;
        before["predictions"]!["correct"] = BitList.Pack([.. Enumerable.Repeat(true, count)]);
        var baseline = scratch.Write("before.json", before.ToJsonString());

        var command = Command.Run([.. Check, "--require", "size > 1", "--baseline", baseline, "--json"]);

        var all = command.Json["regressions"]![0]!;
        Assert.Equal(Math.Pow(0.5, (int)all["lost"]!), (double)all["p"]!, 1e-12);
        Assert.Equal((double)all["adjusted"]! <= 0.05 ? 3 : 0, command.Code);
    }

    [Fact]
    public void The_same_network_does_not_regress_against_itself() => Command.Succeed(
        [.. Check, "--require", "size > 1", "--baseline", SmallOperations.Weights]);

    [Fact]
    public void A_check_on_other_images_is_no_baseline()
    {
        using var scratch = new Scratch();
        var baseline = scratch.Write("before.json", Command.Succeed([.. Check, "--limit", "5", "--require", "size > 1", "--json"]).Output);

        Assert.Contains("other images", Command.Complaint(1, [.. Check, "--require", "size > 1", "--baseline", baseline]));
    }

    [Theory]
    [InlineData("flip-rate == 0.5", "equals no number")]
    [InlineData("accuracy[class=dog] >= 0.5", "no images of 'dog'")]
    [InlineData("accuracy[by=place] >= 0.5", "no attribute 'place'")]
    [InlineData("doctor.cores >= 1", "does not measure one network")]
    [InlineData("evaluate[save=a.npz].evaluations >= 1", "writes no files")]
    public void What_cannot_be_measured_is_refused_in_a_sentence(string requirement, string part) =>
        Assert.Contains(part, Command.Complaint(1, [.. Check, "--require", requirement]));

    [Fact]
    public void Nothing_required_is_refused() => Assert.Contains("Nothing is required", Command.Complaint(1, Check));

    [Fact]
    public void Commas_within_brackets_do_not_part_requirements() =>
        Assert.Contains("no attribute 'place'", Command.Complaint(1, [.. Check, "--require", "accuracy[group=worst, by=place] >= 0.5,size > 1"]));
}
