namespace Pentimento.Foundation;

/// <summary>What a failure is called where work ends: at the end of a command, and of a job.</summary>
internal static class FailureSentence
{
    private const int Longest = 600;

    /// <summary>Whether the failure is the input's or the machine's, and its message a sentence for the user.</summary>
    public static bool IsExpected(Exception failure) => failure is BadInputException or IOException or UnauthorizedAccessException;

    /// <summary>One sentence of printable letters.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="hint">What is added where nobody foresaw it.</param>
    public static string Of(Exception failure, string hint = "") => failure switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Of(first, hint),
        OutOfMemoryException => "this machine's memory does not suffice; try a smaller limit or batch.",
        _ when IsExpected(failure) => Quoted(failure.Message),
        _ => $"this should not have happened ({failure.GetType().Name}: {Quoted(failure.Message)}){hint}.",
    };

    /// <summary>A message may quote a file, and a file may hold anything: line ends, commands to the terminal, megabytes.</summary>
    public static string Quoted(string message) => Printable.Short(message, Longest);
}
