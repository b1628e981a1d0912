namespace Pentimento.Evaluation;

/// <summary>The accuracy on one group: the images of a class that share their values of some attributes. Fractions are of 1.</summary>
/// <param name="Class">The class's name, or its number where it has none.</param>
/// <param name="Attributes">The value of each attribute, by the attribute's name.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Accuracy">The fraction of correct predictions; null in a group without images.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
public sealed record GroupAccuracy(
    string Class, IReadOnlyDictionary<string, string> Attributes, long Count, double? Accuracy, double Low, double High)
{
    /// <summary>The group in words, e.g. <c>landbird, place=water</c>.</summary>
    public override string ToString() => string.Join(", ", Attributes.Select(pair => $"{pair.Key}={pair.Value}").Prepend(Class));
}
