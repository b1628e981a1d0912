using System.Globalization;
using System.Text;

namespace Pentimento.Cli.Speed;

/// <summary>Measurements as a page in Markdown, with the command that gives them.</summary>
internal static class BenchPage
{
    /// <summary>The page.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="names">The stages that were asked for; none for all.</param>
    /// <param name="today">The day on which it was measured.</param>
    public static string Of(BenchResult result, IReadOnlyList<string> names, DateOnly today)
    {
        var page = new StringBuilder();
        void Line(string text = "") => page.Append(text).Append('\n');
        Line("# How fast it is");
        Line();
        Line($"    pentimento {string.Join(' ', ["bench", .. names])} --page speed.md");
        Line();
        Line($"{today.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, {result.Machine}. The command writes this page.");
        var contests = result.Benchmarks.Where(measured => measured.Peer is not null).ToList();
        if (contests.Count > 0)
        {
            Line();
            Line("Beside what a user would run instead, by turns: the median round of each, the median ratio, and the least and the largest.");
            Line();
            Line("| work | here | instead | times as fast | beside |");
            Line("|---|---|---|---|---|");
            foreach (var one in contests) Line(Row(one, one.Peer!));
        }

        var others = result.Benchmarks.Where(measured => measured.Peer is null).ToList();
        if (others.Count == 0) return page.ToString();
        Line();
        Line("Alone, the best round:");
        Line();
        Line("| work | here |");
        Line("|---|---|");
        foreach (var one in others) Line($"| {TitleOf(one.Name)} | {Speed(one.Value, one.Unit)} |");
        return page.ToString();
    }

    private static string Row(Measured one, PeerSpeed peer) =>
        $"| {TitleOf(one.Name)} | {Speed(one.Value, one.Unit)} | {Speed(peer.Value, one.Unit)} "
            + $"| {Times(peer.Ratio)} ({Times(peer.Least)} to {Times(peer.Most)}) | {peer.Name} |";

    private static string TitleOf(string name) => PyTorchBenchmarks.All.FirstOrDefault(one => one.Name == name)?.Title ?? name;

    private static string Speed(double value, string unit) =>
        $"{value.ToString(value < 100 ? "N1" : "N0", CultureInfo.InvariantCulture)} {unit}";

    private static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
