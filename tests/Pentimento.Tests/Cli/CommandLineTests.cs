using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("bogus")]
    [InlineData("build")]
    [InlineData("train", "--data", "rg_95z", "--epochs", "0")]
    [InlineData("train", "--data", "rg_95z", "--weight-penalty", "-1")]
    [InlineData("evaluate", "m.safetensors", "--data", "rg_95z", "--limit", "-1")]
    public void Wrong_usage_ends_with_two(params string[] arguments) =>
        Assert.Contains("--help", Command.Complaint(2, arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("--format takes html or md or card, got 'pdf'", "report", "run", "--format", "pdf")]
    [InlineData("--format takes html or md or card, got '1'", "report", "run", "--format", "1")]
    [InlineData("--device takes cpu or cuda or auto, got 'tpu'", "doctor", "--device", "tpu")]
    public void A_word_that_is_no_choice_is_told_the_choices(string part, params string[] arguments) =>
        Assert.Contains(part, Command.Complaint(2, arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("'rg_101z'", "build", "rg_101z")]
    [InlineData("did you mean 'gce'", "train", "--data", "rg_95z", "--objective", "gcee")]
    [InlineData("did you mean 'weight'", "train", "--data", "rg_95z", "--objective", "v-rex:wieght=3")]
    [InlineData("gce.q", "train", "--data", "rg_95z", "--objective", "gce:q=2")]
    [InlineData("nowhere.safetensors", "evaluate", "nowhere.safetensors", "--data", "rg_95z")]
    [InlineData("nowhere.npz", "info", "nowhere.npz")]
    [InlineData("no recipe file nowhere", "run", "nowhere")]
    [InlineData("did you mean 'attacks'", "list", "atacks")]
    [InlineData("did you mean 'paint-e'", "bench", "paint-ee")]
    [InlineData("not a run's folder", "report", "nowhere")]
    public void Bad_input_ends_with_one_and_a_sentence(string part, params string[] arguments) =>
        Assert.Contains(part, Command.Complaint(1, arguments), StringComparison.Ordinal);

    [Fact]
    public void What_a_message_quotes_cannot_command_the_terminal_nor_fill_it()
    {
        var complaint = Command.Complaint(1, "build", "rg\u001b[2J\u202e\0" + new string('9', 5000) + "z");

        Assert.Contains("'rg\uFFFD[2J\uFFFD\uFFFD999", complaint, StringComparison.Ordinal);
        Assert.InRange(complaint.Length, 600, 620);
    }

    [Fact]
    public void Help_lists_every_verb_and_each_verb_has_examples()
    {
        var help = Command.Succeed("--help").Output;

        foreach (
            var verb in new[]
            {
                "run",
                "build",
                "show",
                "convert",
                "train",
                "evaluate",
                "explain",
                "attack",
                "report",
                "info",
                "list",
                "bench",
                "doctor",
            }
        )
        {
            Assert.Contains($"  {verb} ", help, StringComparison.Ordinal);
            Assert.Contains($"pentimento {verb}", Command.Succeed(verb, "--help").Output.Split("Example")[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void List_gives_every_member_with_defaults_and_source()
    {
        var families = Command.Succeed("list", "--json").Json["families"]!.AsArray();

        Assert.Equal(
            Catalog.Families.Select(family => family.Name).Append("recipes"), families.Select(family => family!["name"]!.GetValue<string>()));
        var pgd = families.Single(family => family!["name"]!.GetValue<string>() == "attacks")!["members"]!
            .AsArray()
            .Single(member => member!["name"]!.GetValue<string>() == "pgd")!;
        Assert.Contains("arXiv:1706.06083", pgd["source"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(
            "10",
            pgd["parameters"]!.AsArray().Single(setting => setting!["name"]!.GetValue<string>() == "steps")!["default"]!.GetValue<string>());
    }

    [Fact]
    public void Doctor_finds_this_machine_fit()
    {
        var answer = Command.Succeed("doctor", "--json", "--cache", Path.GetTempPath()).Json;

        Assert.True(answer["ok"]!.GetValue<bool>());
        Assert.Equal(
            ["libtorch", "threads", "waiting", "bfloat16", "cache", "digits"],
            answer["checks"]!.AsArray().Select(check => check!["name"]!.GetValue<string>()));
    }
}
