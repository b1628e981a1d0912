using Pentimento.Foundation.Configuration;
using System.Text.Json;

namespace Pentimento.Tests.Foundation.Configuration;

public sealed class JsonTests
{
    private sealed record Part(string Name, double Share);

    private sealed record Whole(string Name, IReadOnlyList<Part> Parts, IReadOnlyDictionary<string, Part>? ByName = null);

    private sealed record Measured(double Value, double? Maybe, IReadOnlyList<double> Many);

    [Theory]
    [InlineData("""{"a": "\ud800"}""")]
    [InlineData("""{"\ud800": 1}""")]
    [InlineData("""[{"a": 1, "a": 2}]""")]
    [InlineData("""{"a": }""")]
    public void What_others_wrote_is_refused_at_once_where_it_is_no_text(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonText.Parse(System.Text.Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"name": "a", "parts": [{"name": "b", "share": null}]}""", true)]
    [InlineData("""{"name": "a", "parts": [null]}""", false)]
    [InlineData("""{"name": null, "parts": []}""", false)]
    [InlineData("""{"parts": []}""", false)]
    [InlineData("""{"name": "a", "parts": [{"name": "b"}]}""", false)]
    [InlineData("""{"name": "a", "parts": [], "byName": {"b": null}}""", false)]
    public void A_result_that_lacks_something_is_none(string json, bool whole)
    {
        if (whole) Assert.Equal(double.NaN, JsonSerializer.Deserialize<Whole>(json, Json.Reading)!.Parts[0].Share);
        else Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Whole>(json, Json.Reading));
    }

    [Fact]
    public void What_is_undefined_is_null_and_reads_back_as_undefined()
    {
        var text = Json.Line(new Measured(double.NaN, double.PositiveInfinity, [1, double.NaN]));
        var back = JsonSerializer.Deserialize<Measured>(text, Json.Options)!;

        Assert.Equal("{\"value\":null,\"maybe\":null,\"many\":[1,null]}", text);
        Assert.Equal((double.NaN, null), (back.Value, back.Maybe));
        Assert.Equal([1, double.NaN], back.Many);
    }
}
