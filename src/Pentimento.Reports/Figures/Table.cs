using System.Globalization;

namespace Pentimento.Reports.Figures;

/// <summary>The numbers behind a figure.</summary>
/// <param name="Header">What each column holds.</param>
/// <param name="Rows">Words and numbers, a cell for each column; null where nothing was measured.</param>
public sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<IConvertible?>> Rows)
{
    /// <summary>The table as comma-separated values (RFC 4180), numbers with all their digits.</summary>
    public string Csv() => Foundation.Csv.Text(Rows.Select(row => row.Select(Words)).Prepend(Header));

    private static string Words(IConvertible? cell) => cell?.ToString(CultureInfo.InvariantCulture) ?? "";
}
