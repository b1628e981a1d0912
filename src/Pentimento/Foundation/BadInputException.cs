namespace Pentimento.Foundation;

/// <summary>Something the user gave cannot be used; the message is one sentence that says what was expected and what came.</summary>
public class BadInputException : Exception
{
    // Messages quote files and arguments, which may hold anything.
    private const int Longest = 4000;

    /// <summary>Says what is wrong; control characters in it are replaced.</summary>
    public BadInputException(string message) : base(Clean(message))
    {
    }

    /// <summary>Says what is wrong and what lower layer noticed it.</summary>
    public BadInputException(string message, Exception inner) : base(Clean(message), inner)
    {
    }

    private static string Clean(string message) => Printable.Of(message.Length <= Longest ? message : $"{message[..Longest]}...", lines: true);
}
