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

    [Fact]
    public void A_bare_name_has_no_settings() => Assert.True(JsonNode.DeepEquals(new JsonObject { ["name"] = "erm" }, Spec.Read(" erm ")));

    [Theory]
    [InlineData("pgd:name=fgsm", "'name' is given twice")]
    [InlineData("pgd:=3", "should read name=value")]
    [InlineData("pgd:a=1,,b=2", "should read name=value")]
    public void What_is_not_name_and_value_is_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Spec.Read(text)).Message);
}
