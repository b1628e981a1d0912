using System.Globalization;

namespace Pentimento.Cli;

/// <summary>
/// The words that a shell may offer: <c>pentimento "[suggest:POSITION]" "LINE"</c>, the protocol of System.CommandLine and dotnet-suggest.
/// </summary>
internal static class Completion
{
    private const string Directive = "[suggest";

    /// <summary>Whether the arguments are a request for completions.</summary>
    public static bool IsAsked(string[] arguments) => arguments is [var first, ..] && first.StartsWith(Directive, StringComparison.Ordinal);

    /// <summary>The words of the line that is completed.</summary>
    public static IReadOnlyCollection<string> Typed(string[] arguments) => (arguments.ElementAtOrDefault(1) ?? "").Split(' ');

    /// <summary>Writes the words that may stand at the position, one a line.</summary>
    public static void Write(Command root, string[] arguments, TextWriter output)
    {
        var line = arguments.ElementAtOrDefault(1) ?? "";
        var position = arguments[0].Trim('[', ']').Split(':').ElementAtOrDefault(1);
        var typed = int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? line[..Math.Min(at, line.Length)]
            : line;
        // The first word is the command itself, by whatever path it was called.
        var words = typed.IndexOf(' ') is >= 0 and var space ? typed[(space + 1)..] : "";
        foreach (var item in root.Parse(words).GetCompletions(words.Length)) output.WriteLine(item.Label);
    }
}
