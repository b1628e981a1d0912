using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class AuditTests
{
    [Fact]
    public void The_time_left_is_that_of_the_whole_audit()
    {
        using var heard = new Heard();

        new Audit { Model = SmallOperations.Weights, Network = new Cnn3(), Data = SmallOperations.Data, Limit = 20 }
            .Run(heard.Run());

        var whole = heard.Ticks.Where(report => report.Stage.StartsWith("audit ", StringComparison.Ordinal)).ToList();
        Assert.Single(whole.Select(report => report.Stage).Distinct());
        var shares = whole.ConvertAll(report => (double)report.Done / report.Total);
        Assert.Equal(shares.Order(), shares);
        Assert.InRange(shares[0], 0.001, 0.1);
        Assert.Equal(1, shares[^1]);
        Assert.True(shares.Count >= 6, "Each stage reports.");
    }
}
