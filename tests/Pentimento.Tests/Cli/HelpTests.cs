using System.Text.RegularExpressions;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Tests.Cli;

/// <summary>What the command says of itself, and what it proposes.</summary>
public sealed partial class HelpTests
{
    public static TheoryData<string> EveryOperation => [.. Catalog.FamilyOf(typeof(Operation)).Members.Select(member => member.Name)];

    [Theory, MemberData(nameof(EveryOperation))]
    public void Help_names_values_in_users_words(string verb)
    {
        var help = Command.Succeed(verb, "--help").Output;

        Assert.DoesNotContain("System.", help, StringComparison.Ordinal);
        Assert.DoesNotMatch(BareWord(), help);
        Assert.DoesNotMatch(CodeDefault(), help);
    }

    [Theory]
    [InlineData("Did you mean 'evaluate'?", "evalaute", "x.safetensors")]
    [InlineData("Did you mean '--data'?", "evaluate", "x.safetensors", "--dat", "rg_95z")]
    [InlineData("Did you mean '--limit'?", "evaluate", "x.safetensors", "--data", "rg_95z", "--limti", "5")]
    [InlineData("Did you mean '--limit'?", "bench", "--limt", "5")]
    [InlineData("--threads takes a number of 0 or more, got -3", "list", "--threads", "-3")]
    [InlineData("--directions takes free or anchored, got 'fre'", "decompose", "x", "--data", "rg_95z", "--directions", "fre")]
    public void A_slip_is_told_what_was_meant(string part, params string[] arguments) =>
        Assert.Contains(part, Command.Complaint(2, arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("pentimento decom", "decompose")]
    [InlineData("pentimento decompose x --dire", "--directions")]
    [InlineData("pentimento decompose x --directions ", "anchored")]
    [InlineData("pentimento decompose x --device ", "cpu")]
    [InlineData("/usr/bin/pentimento decompose x --with ", "jump-relu")]
    public void A_shell_is_offered_verbs_options_and_choices(string line, string word) =>
        Assert.Contains(word, Command.Succeed($"[suggest:{line.Length}]", line).Output.Split('\n').Select(one => one.Trim()));

    [Fact]
    public void Operations_are_listed_with_options_defaults_and_result()
    {
        var family = Command.Succeed("list", "operations", "--json").Json["families"]!.AsArray().Single()!;
        var operate = family["members"]!.AsArray().Single(member => member!["name"]!.GetValue<string>() == "operate")!;

        Assert.Equal("EditResult", operate["result"]!.GetValue<string>());
        Assert.Equal(
            "0.01",
            operate["parameters"]!.AsArray().Single(option => option!["name"]!.GetValue<string>() == "own-loss")!["default"]!.GetValue<string>());
    }

    // <epochs>: an option that has no word of its own for its value; <free|anchored> are choices.
    [GeneratedRegex("--[a-z-]+ <[a-z-]+>")]
    private static partial Regex BareWord();

    // [default: Free] is a name in code.
    [GeneratedRegex(@"\[default: [A-Z]|\(default: [A-Z]")]
    private static partial Regex CodeDefault();
}
