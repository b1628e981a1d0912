using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class ContingencyTableTests
{
    [Fact]
    public void Attributes_that_decide_each_other_share_all_their_entropy()
    {
        var table = new ContingencyTable([0, 0, 1, 1], [7, 7, 5, 5]);

        Assert.Equal(Math.Log(2), table.MutualInformation, 12);
        Assert.Equal(Math.Log(2), table.RowEntropy, 12);
        Assert.Equal(1, table.CramersV, 12);
        Assert.Equal([5, 7], table.Columns);
        Assert.Equal([0, 2], table.Counts[0]);
    }

    [Fact]
    public void Independent_attributes_share_nothing()
    {
        var table = new ContingencyTable([0, 0, 1, 1], [0, 1, 0, 1]);

        Assert.Equal(0, table.MutualInformation, 12);
        Assert.Equal(0, table.CramersV, 12);
    }

    [Fact]
    public void A_table_between_the_extremes_is_worked_by_hand()
    {
        // Counts [[3, 1], [1, 3]]: chi-square = 8 * (1/2)^2 = 2, V = sqrt(2 / 8) = 1/2; I = 3/4 ln(3/2) + 1/4 ln(1/2).
        var table = new ContingencyTable([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1, 1]);

        Assert.Equal((0.75 * Math.Log(1.5)) + (0.25 * Math.Log(0.5)), table.MutualInformation, 12);
        Assert.Equal(0.5, table.CramersV, 12);
    }

    [Fact]
    public void One_value_everywhere_depends_on_nothing() => Assert.Equal(0, new ContingencyTable([1, 1], [2, 3]).CramersV);
}
