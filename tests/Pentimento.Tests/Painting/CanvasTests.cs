using CsCheck;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class CanvasTests
{
    [Theory]
    [InlineData("rg_95z", nameof(Mode.Rg), 0.95, "z", "rg_95z")]
    [InlineData("GR_99.5h", nameof(Mode.Gr), 0.995, "h", "gr_99.5h")]
    [InlineData("bw100z", nameof(Mode.Bw), 1, "z", "bw_100z")]
    [InlineData("un_0VH", nameof(Mode.Un), 0, "vh", "un_0vh")]
    [InlineData("rg_095.50e", nameof(Mode.Rg), 0.955, "e", "rg_95.5e")]
    public void Names_follow_the_grammar(string name, string mode, double bias, string tier, string usual)
    {
        var canvas = Canvas.Parse(name);

        Assert.Equal((mode, bias, tier, usual), (canvas.Mode.ToString(), canvas.Bias, canvas.Tier.Name, canvas.ToString()));
    }

    [Fact]
    public void The_usual_form_of_a_name_means_the_same() => Gen.Select(
        Gen.OneOf("rg", "gr", "bw", "un"), Gen.Int[0, 1_000_000], Gen.OneOf("", "_"), Gen.OneOf("e", "m", "h", "vh", "z"), Gen.Bool)
        .Sample((mode, percent, underscore, tier, upper) =>
        {
            var name = FormattableString.Invariant($"{mode}{underscore}{(mode == "un" ? 0m : percent / 10_000m)}{tier}");
            var canvas = Canvas.Parse(upper ? name.ToUpperInvariant() : name);
            return canvas == Canvas.Parse(canvas.ToString()) && canvas.ToString() == Canvas.Parse(canvas.ToString()).ToString();
        }, iter: 1000);

    [Theory]
    [InlineData("rg_101z", "101 percent is more than all")]
    [InlineData("rg_100.0001z", "percent is more than all")]
    [InlineData("un_5z", "its percentage must be 0")]
    [InlineData("rg_95", "is not a dataset name; expected a mode")]
    [InlineData("rg_95x", "is not a dataset name")]
    [InlineData("xx_95z", "is not a dataset name")]
    [InlineData("rg_-5z", "is not a dataset name")]
    [InlineData("rg_95z\n", "is not a dataset name")]
    [InlineData("rg_٩٥z", "is not a dataset name")]
    [InlineData("rg_9999999z", "is not a dataset name")]
    public void Other_names_are_refused_with_the_reason(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<BadInputException>(() => Canvas.Parse(name)).Message);

    [Fact]
    public void Each_mode_makes_its_colour_dominant()
    {
        Assert.Equal(
            [6, 7, 10, -1],
            new[] { "rg_95z", "gr_95z", "bw_95z", "un_0z" }.Select(name =>
                Canvas
                    .Parse(name)
                    .Dominant(
                        name.StartsWith('r') ? 6
                        : name.StartsWith('g') ? 6
                        : 0)));
        Assert.Equal([1, 0, 3, 2, 5, 4, 7, 6, 9, 8], Enumerable.Range(0, 10).Select(digit => Canvas.Parse("gr_95z").Dominant(digit)));
    }
}
