using System.Text.Json.Serialization;
using Pentimento.Cues;

namespace Pentimento.Discovery;

/// <summary>How well a property of the images tells the network's prediction among images of one label.</summary>
/// <param name="Property">The attribute: a property such as <c>@brightness</c>, a column of the set, or a cell of a grid as the cue is
/// called.</param>
/// <param name="Value">Which of its values tells, or what of it; null for the number itself.</param>
/// <param name="Predicted">The predicted class that it tells.</param>
/// <param name="Area">The area under the ROC curve: of two images of one label, of which one is predicted as that class, the probability that the
/// property tells which; 0.5 where it says nothing.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Higher">Whether larger values go with that prediction; else smaller ones do.</param>
/// <param name="Count">How many images are predicted as that class where the label left a choice.</param>
/// <param name="Others">How many images of the same labels are not.</param>
/// <param name="Deciding">The fewer of both, label by label: what the comparison hangs on.</param>
/// <param name="Chance">The area that the best of its values and classes reaches in one of twenty permutations of the predictions.</param>
/// <param name="PValue">How often permuted predictions are told as well.</param>
/// <param name="Q">The expected share of false findings if this property and all surer ones are believed.</param>
/// <param name="IsPredictive">Whether it tells more than honest networks' predictions are told: q below 5%, an interval above 0.7, and no part of the
/// image that may be content.</param>
public sealed record PredictiveProperty(
    string Property, string? Value, long Predicted, double Area, double Low, double High, bool Higher, long Count, long Others, long Deciding,
    double Chance, double PValue, double Q, bool IsPredictive)
{
    /// <summary>The cue that can be swapped to confirm it; null where there is none.</summary>
    public Cue? Cue { get; init; }

    /// <summary>The property with what of it tells, for tables.</summary>
    [JsonIgnore]
    internal string Title => Value is null ? Property : $"{Property} ({Value})";
}
