using Pentimento.Foundation.Configuration;
using System.Text.Json;

namespace Pentimento.Tests.Foundation.Configuration;

public sealed class JsonTests
{
    private sealed record Measured(double Value, double? Maybe, IReadOnlyList<double> Many);

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
