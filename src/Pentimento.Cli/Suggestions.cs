namespace Pentimento.Cli;

/// <summary>What is wrong with a command line, with the verb or option that was probably meant.</summary>
internal static class Suggestions
{
    private const string Unknown = "Unrecognized";

    /// <summary>How messages call a word that is no option.</summary>
    public static string UnknownOption(string word) => $"{Unknown} option '{word}'.";

    /// <summary>The first mistake in a sentence; an unknown word before anything that is missing because of it.</summary>
    public static string Of(ParseResult parsed)
    {
        var messages = parsed.Errors.Select(error => error.Message).ToList();
        var message = messages.Find(one => one.StartsWith(Unknown, StringComparison.Ordinal)) ?? messages[0];
        return message.Split('\'') is [var before, var word, ..] && before.StartsWith(Unknown, StringComparison.Ordinal)
            && Names.Nearest(word, Known(parsed.CommandResult.Command, word)) is { } meant
                ? $"{message} Did you mean '{meant}'?"
                : message;
    }

    private static IEnumerable<string> Known(Command command, string word) =>
        word.StartsWith('-')
            ? command.Options.Concat(Common.All).Select(option => option.Name)
            : command.Subcommands.Select(verb => verb.Name);
}
