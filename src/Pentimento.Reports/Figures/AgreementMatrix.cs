namespace Pentimento.Reports.Figures;

/// <summary>How alike the maps of each two methods are.</summary>
/// <param name="Methods">The methods' names; cells are marked by their numbers, 1 for the first.</param>
/// <param name="Correlation">[method][method], -1..1.</param>
internal sealed record AgreementMatrix(IReadOnlyList<string> Methods, IReadOnlyList<IReadOnlyList<double>> Correlation)
    : HeatTable(
        "agreement",
        $"Rank correlation of the maps of {string.Join(", ", Methods)}.",
        "rank correlation of two methods' maps",
        "method",
        Places(Methods),
        Places(Methods),
        Correlation)
{
    /// <inheritdoc/>
    public override string Heading => "Rank correlation of two methods' maps";

    /// <inheritdoc/>
    public override int Width => 480;

    /// <inheritdoc/>
    public override int Height => 300;

    /// <inheritdoc/>
    public override Table? Values => new(["method", .. Methods], [.. Methods.Zip(Correlation, (name, cells) => (IConvertible?[])[name, .. cells])]);

    /// <inheritdoc/>
    protected override string Tip(int row, int column) => $"{Methods[row]} and {Methods[column]}: {Text(row, column)}";

    private static IReadOnlyList<string> Places(IReadOnlyList<string> methods) => [.. methods.Select((_, place) => $"{place + 1}")];
}
