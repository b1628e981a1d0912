using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Foundation.Configuration;

public sealed class SpecTests
{
    [Fact]
    public void A_value_in_parentheses_may_hold_commas_and_colons()
    {
        var read = Spec.Read("twice:teacher=(deep:inner=(erm),steps=3),rate=0.1");

        Assert.Equal("twice", read["name"]!.ToString());
        Assert.Equal("deep:inner=(erm),steps=3", read["teacher"]!.ToString());
        Assert.Equal("erm", Spec.Read(read["teacher"]!.ToString())["inner"]!.ToString());
        Assert.Equal("0.1", read["rate"]!.ToString());
    }

    [Theory]
    [InlineData(17)]
    [InlineData(2000)]
    public void Specs_in_specs_end_somewhere(int levels)
    {
        var nested = string.Concat(Enumerable.Repeat("edited:network=(", levels)) + "cnn3" + new string(')', levels);

        Assert.Contains("deeper than 16 levels", Assert.Throws<BadInputException>(() => Spec.Read(nested)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_of_megabytes_is_refused_in_a_line() =>
        Assert.InRange(Assert.Throws<BadInputException>(() => Spec.Read(new string('x', 2_000_000))).Message.Length, 20, 300);

    [Fact]
    public void A_bare_name_has_no_settings() => Assert.True(JsonNode.DeepEquals(new JsonObject { ["name"] = "erm" }, Spec.Read(" erm ")));

    [Theory]
    [InlineData("pgd:name=fgsm", "'name' is given twice")]
    [InlineData("pgd:=3", "should read name=value")]
    [InlineData("pgd:a=1,,b=2", "should read name=value")]
    [InlineData("pgd:a=(x", "1 parentheses are not closed")]
    [InlineData("pgd:a=x)", "closes that was not opened")]
    public void What_is_not_name_and_value_is_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Spec.Read(text)).Message);
}
