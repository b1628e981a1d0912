using System.Globalization;
using Pentimento.Cli.Speed;
using Pentimento.Cli.Terminal;

namespace Pentimento.Cli.Views;

/// <summary>Speeds as a table, beside those of what a user would run instead.</summary>
internal sealed class BenchView : View<BenchResult>
{
    /// <inheritdoc/>
    protected override void Print(BenchResult result, TextWriter output)
    {
        Tables.Write(output, ["benchmark", "value", "unit", "instead", "its value", "times as fast"], result.Benchmarks.Select(measured =>
            (IReadOnlyList<string>)
            [
                measured.Name, Short(measured.Value), measured.Unit,
                .. measured.Peer is { } peer
                    ? [peer.Name, Short(peer.Value), $"{Short(peer.Ratio)} ({Short(peer.Least)} to {Short(peer.Most)})"]
                    : (string[])["", "", ""],
            ]));
        output.WriteLine($"On {result.Machine}.");
        if (result.Changes is null) return;
        output.WriteLine();
        Tables.Write(output, ["benchmark", "before", "now", "unit", "change"], result.Changes.Select(change => (IReadOnlyList<string>)
        [
            change.Name, Short(change.Before), Short(change.Now), change.Unit, Foundation.Names.Kebab($"{change.Change}").Replace('-', ' '),
        ]));
    }

    private static string Short(double value) => value.ToString(value < 100 ? "N2" : "N0", CultureInfo.InvariantCulture);
}
