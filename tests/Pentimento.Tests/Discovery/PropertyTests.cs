using Pentimento.Cues;
using Pentimento.Discovery;

namespace Pentimento.Tests.Discovery;

/// <summary>What tells predictions among images of one label, against pairs counted one by one.</summary>
public sealed class PropertyTests
{
    private static readonly double[] Values = [1, 3, 3, 5, 7, 2, 4, 4, 1, 9, 8, 6, 2];
    private static readonly long[] Labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
    private static readonly int[] Predicted = [0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 0];

    [Fact]
    public void The_area_is_the_share_of_pairs_of_one_label_that_are_in_order_ties_counting_half()
    {
        var ranks = new StratifiedRanks(Labels, Predicted, 2);
        var (order, sums) = (ranks.RanksOf(Values), new double[2]);
        ranks.Excess(order, Predicted, sums);
        var pairs = (from one in Enumerable.Range(0, 13)
                     from other in Enumerable.Range(0, 13)
                     where Labels[one] == Labels[other] && Predicted[one] == 1 && Predicted[other] == 0
                     select Values[one] > Values[other] ? 1 : Values[one] == Values[other] ? 0.5 : 0).ToList();

        Assert.Equal(pairs.Average(), ranks.Area(sums[1], 1), 1e-12);
        // The same pairs seen from the other class.
        Assert.Equal(1 - pairs.Average(), ranks.Area(sums[0], 0), 1e-12);
        // numpy: the rank sums' variance m n / (m + n) times that of the ranks, label by label.
        Assert.Equal(3.599603152729875, ranks.DeviationsOf(order)[1], 1e-12);
        Assert.Equal([(3.0, 3.0), (4.0, 3.0)], ranks.SizesOf(1));
        Assert.Equal(6, ranks.Deciding[1]);
    }

    [Fact]
    public void A_label_that_is_predicted_as_one_class_compares_nothing()
    {
        var ranks = new StratifiedRanks([0, 0, 0, 1, 1], [0, 0, 0, 1, 0], 2);

        Assert.Equal([3, 4], Assert.Single(ranks.Strata));
        Assert.Equal([0, 0, 0, 2, 1], ranks.RanksOf([9, 9, 1, 5, 4]));
    }

    [Theory]
    [InlineData(0.8, 20, 30, 0.6433456145211156, 0.8941462416513686)]
    [InlineData(1, 10, 10, 0.8002136128811059, 1)]
    public void The_interval_holds_the_areas_at_which_the_variance_allows_for_what_was_seen(
        double area, double chosen, double others, double low, double high)
    {
        var interval = RankInterval.Of(area, [(chosen, others)]);

        Assert.Equal((low, high), (Math.Round(interval.Low, 12), Math.Round(interval.High, 12)), Near);
    }

    [Fact]
    public void Several_labels_weigh_by_their_pairs()
    {
        var interval = RankInterval.Of(16 / 21.0, [(3, 3), (4, 3)]);

        Assert.Equal((0.42636708911148236, 0.9279401549650941), interval, Near);
        Assert.Equal((0, 1), RankInterval.Of(0.5, []));
    }

    [Fact]
    public void A_network_that_reads_a_corner_is_told_by_that_corner_and_by_nothing_else()
    {
        var found = Search(2);

        var corner = found.Single(one => one.Property == "cell:grid=4,row=0,column=0");
        Assert.Equal("cell:grid=4,row=0,column=0", $"{corner.Cue}");
        Assert.Equal((1, true), (corner.Area, corner.IsPredictive));
        Assert.True(corner.Q < 0.05);
        Assert.Contains(corner.Value!, (string[])["red", "green", "blue"]);
        // What else tells is of the whole image: colours of corners differ in hue and brightness. Other cells say nothing.
        Assert.DoesNotContain(found, one => one.IsPredictive && one.Property.StartsWith("cell", StringComparison.Ordinal) && one != corner);
        Assert.Equal(found.OrderByDescending(one => one.IsPredictive).ThenByDescending(one => one.Low), found);
    }

    [Fact]
    public void A_corner_is_what_lies_there_beside_the_object()
    {
        const int Side = 12;
        // A grey arm from the middle into the top left corner, in every other image; a tag in the bottom right one, in every third.
        var pixels = new byte[60 * Side * Side * 3];
        foreach (var at in Enumerable.Range(0, 60))
        {
            void Paint(int row, int column, byte value) => Array.Fill(pixels, value, ((((at * Side) + row) * Side) + column) * 3, 3);
            for (var place = at % 2 == 0 ? 0 : 5; place < 8; place++) Paint(place, place, 90);
            if (at % 3 == 0) Paint(11, 11, 200);
        }

        using var network = CornerReader.Network(2);
        using var subject = new ExaminedNetwork(
            network, new("arms", pixels, [.. Enumerable.Range(0, 60).Select(at => (long)(at % 3))], [], new(Side, Side, 3)), RunContext.OnCpu(1));
        int[] places = [1, 0, 4, 3];

        double[] Corner(int side) => PropertyColumn.Of(subject, places, RunContext.OnCpu(1))
            .Single(one => one is { Cue: Cell cell, Value: "green" } && (cell.Row, cell.Column) == (side, side)).Numbers;

        Assert.Equal([0, 0, 0, 0], Corner(0));
        Assert.Equal([0, 200 / 255.0 / 9, 0, 200 / 255.0 / 9], Corner(3), (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Fact]
    public void A_network_without_errors_is_told_by_nothing() =>
        Assert.All(Search(0), one => Assert.Equal((0.5, 1, false), (one.Area, one.PValue, one.IsPredictive)));

    [Fact]
    public void A_column_of_the_set_tells_by_the_value_that_it_has()
    {
        // Class 1 is predicted of exactly those images of class 0 that were taken at the second of three places.
        long[] labels = [.. Enumerable.Repeat(0L, 60)];
        long[] predicted = [.. Enumerable.Range(0, 60).Select(at => at % 3 == 1 ? 1L : 0)];
        var column = (string name) => new PropertyColumn(
            "place", name, [.. Enumerable.Range(0, 60).Select(at => at % 3 == (name == "beach" ? 1 : name == "wood" ? 0 : 2) ? 1.0 : 0)], null);

        var found = Assert.Single(PropertySearch.Of([column("wood"), column("beach"), column("town")], labels, predicted, RunContext.OnCpu(1)));

        Assert.Equal(("beach", 1, true), (found.Value, found.Area, found.IsPredictive));
        Assert.Equal(found.Predicted == 1, found.Higher);
    }

    [Fact]
    public void What_is_furthest_beyond_chance_counts_and_not_what_has_most_images()
    {
        // Twenty images of 200 are predicted as class 1: the eight of the beach, and others among the 110 of the town, where half of all images are.
        long[] predicted = [.. Enumerable.Range(0, 200).Select(at => at < 20 ? 1L : 0)];
        PropertyColumn Column(string name, int from, int to) =>
            new("place", name, [.. Enumerable.Range(0, 200).Select(at => at >= from && at < to ? 1.0 : 0)], null);

        var found = Assert.Single(
            PropertySearch.Of([Column("town", 0, 110), Column("beach", 0, 8)], new long[200], predicted, RunContext.OnCpu(1)));

        // By hand: 9 images of the town more than 11, in deviations of 2.12; 7.2 of the beach more than 0.8, in deviations of 0.83.
        Assert.Equal(("beach", 0.7), (found.Value, Math.Round(found.Area, 12)));
    }

    private static IEqualityComparer<(double Low, double High)> Near { get; } = EqualityComparer<(double Low, double High)>.Create(
        (one, other) => Math.Abs(one.Low - other.Low) < 1e-9 && Math.Abs(one.High - other.High) < 1e-9);

    private static IReadOnlyList<PredictiveProperty> Search(double weight)
    {
        using var network = CornerReader.Network(weight);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(300), RunContext.OnCpu(1));
        return PropertySearch.Of(subject, RunContext.OnCpu(1));
    }
}
