using System.Globalization;
using Pentimento.Cli.Operations;
using Pentimento.Cli.Terminal;

namespace Pentimento.Cli.Views;

/// <summary>Speeds as a table.</summary>
internal sealed class BenchView : View<BenchResult>
{
    /// <inheritdoc/>
    protected override void Print(BenchResult result, TextWriter output) =>
        Tables.Write(output, ["benchmark", "value", "unit"], result.Benchmarks.Select(measured => (IReadOnlyList<string>)
        [
            measured.Name, measured.Value.ToString(measured.Value < 100 ? "N2" : "N0", CultureInfo.InvariantCulture), measured.Unit,
        ]));
}
