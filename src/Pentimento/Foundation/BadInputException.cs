namespace Pentimento.Foundation;

/// <summary>Something the user gave cannot be used; the message is one sentence that says what was expected and what came.</summary>
public class BadInputException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public BadInputException(string message) : base(message)
    {
    }

    /// <summary>Says what is wrong and what lower layer noticed it.</summary>
    public BadInputException(string message, Exception inner) : base(message, inner)
    {
    }
}
