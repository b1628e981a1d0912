namespace Pentimento.Data;

/// <summary>How often each pair of two attributes occurs together, and how strongly they depend.</summary>
internal sealed class ContingencyTable
{
    private readonly double total;

    /// <summary>Counts pairs.</summary>
    /// <param name="rows">int64 (N), e.g. labels.</param>
    /// <param name="columns">int64 (N), e.g. colours.</param>
    public ContingencyTable(IReadOnlyList<long> rows, IReadOnlyList<long> columns)
    {
        Rows = [.. rows.Distinct().Order()];
        Columns = [.. columns.Distinct().Order()];
        var (rowOf, columnOf) = (Rows.Select((value, at) => (value, at)).ToDictionary(), Columns.Select((value, at) => (value, at)).ToDictionary());
        var counts = Rows.Select(_ => new int[Columns.Count]).ToArray();
        for (var at = 0; at < rows.Count; at++) counts[rowOf[rows[at]]][columnOf[columns[at]]]++;
        (Counts, total) = (counts, rows.Count);
    }

    /// <summary>The values of the first attribute.</summary>
    public IReadOnlyList<long> Rows { get; }

    /// <summary>The values of the second.</summary>
    public IReadOnlyList<long> Columns { get; }

    /// <summary>[row][column] counts.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    /// <summary>The plug-in mutual information, in nats: sum of p(r, c) ln(p(r, c) / (p(r) p(c))).</summary>
    /// <remarks>Shannon, 1948, "A mathematical theory of communication".</remarks>
    public double MutualInformation =>
        Cells().Where(cell => cell.Count > 0).Sum(cell => cell.Count / total * Math.Log(cell.Count * total / (cell.Row * cell.Column)));

    /// <summary>Cramér's V, 0 (independent) to 1 (each decides the other), without bias correction.</summary>
    /// <remarks>Cramér, 1946, "Mathematical methods of statistics".</remarks>
    public double CramersV
    {
        get
        {
            var freedom = Math.Min(Rows.Count, Columns.Count) - 1;
            if (freedom <= 0) return 0;
            var chiSquare = Cells().Sum(cell => Math.Pow(cell.Count - (cell.Row * cell.Column / total), 2) / (cell.Row * cell.Column / total));
            return Math.Sqrt(chiSquare / (total * freedom));
        }
    }

    /// <summary>The entropy of the first attribute, in nats: the most that the second could tell of it.</summary>
    public double RowEntropy => -Counts.Select(row => row.Sum() / total).Sum(share => share * Math.Log(share));

    private IEnumerable<(double Count, double Row, double Column)> Cells()
    {
        var columns = Enumerable.Range(0, Columns.Count).Select(column => Counts.Sum(row => row[column])).ToArray();
        return Counts.SelectMany(row => row.Select((count, column) => ((double)count, (double)row.Sum(), (double)columns[column])));
    }
}
