using Pentimento.Experiments;

namespace Pentimento.Tests.Experiments;

public sealed class RepairResultTests
{
    [Fact]
    public void What_the_advice_forgoes_is_what_the_best_row_has_on_the_reversed_test_beyond_the_recommended_one()
    {
        RepairedMethod[] rows = [Row("as it is", 0.1), Row("careful", 0.6), Row("bold", 0.9)];

        Assert.Equal(0.3, (Result(rows, "reversed") with { Recommended = "careful" }).Regret!.Value, 1e-9);
        Assert.Equal(0.8, Result(rows, "reversed").Regret!.Value, 1e-9);
        Assert.Equal(0, (Result(rows, "reversed") with { Recommended = "bold" }).Regret!.Value, 1e-9);
    }

    [Fact]
    public void Held_out_images_that_chose_the_method_do_not_stand_in_for_a_reversed_test()
    {
        // Beginning with the own weights the second column is held-out images with another's cue: by them 'swap' is best.
        RepairedMethod[] rows = [Row("as it is", 0.1, photos: 0.7), Row("swap", 0.9, photos: 0.5)];

        Assert.Equal(0.2, (Result(rows, "photos") with { Recommended = "swap" }).Regret!.Value, 1e-9);
        Assert.Null((Result(rows, null) with { Recommended = "swap" }).Regret);
    }

    private static RepairResult Result(IReadOnlyList<RepairedMethod> rows, string? reversed) =>
        new("", "", [], [], rows, [], "", "") { ReversedTest = reversed };

    private static RepairedMethod Row(string name, double reversed, double? photos = null) => new(
        name, "", 1, 1, 0, reversed, 0, photos is { } share ? new Dictionary<string, double> { ["photos"] = share } : new(),
        new(1, reversed), 0);
}
