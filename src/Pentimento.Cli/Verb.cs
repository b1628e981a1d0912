namespace Pentimento.Cli;

/// <summary>A verb whose own help says more, with examples, than the list of verbs does.</summary>
/// <param name="name">What users type.</param>
/// <param name="summary">One sentence for the list of verbs.</param>
/// <param name="details">What its own help adds.</param>
internal sealed class Verb(string name, string summary, Func<string> details) : Command(name, summary)
{
    /// <summary>Turns the description into the long one, when it is this verb's help that is asked for.</summary>
    public void Elaborate() => Description = $"{Description}\n\n{details()}";
}
