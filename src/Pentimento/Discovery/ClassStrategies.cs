using System.Text.Json.Serialization;
using Pentimento.Cues;
using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>The prediction strategies for one class (spectral relevance analysis): groups of images whose attribution maps are alike.</summary>
/// <remarks>A witness and no verdict: a class whose images look unlike has several ways as well.</remarks>
/// <param name="Predicted">The predicted class that is explained.</param>
/// <param name="Gap">The distance between the eigenvalues where the number of groups was read off; 0 to 1, the larger the clearer.</param>
/// <param name="Strategies">The groups, the largest first.</param>
public sealed record ClassStrategies(long Predicted, double Gap, IReadOnlyList<Strategy> Strategies);

/// <summary>Images of one predicted class with attribution maps that are alike.</summary>
/// <param name="Accuracy">How many there are, and the network's accuracy on them.</param>
/// <param name="Cell">Where most of the evidence lies: the cell of a grid, as the cue is called.</param>
/// <param name="CellShare">The share of the evidence there.</param>
public sealed record Strategy(Share Accuracy, Cue Cell, double CellShare)
{
    /// <summary>The mean of their maps, (Side, Side), each of which adds up to 1.</summary>
    [JsonIgnore]
    internal float[] Map { get; init; } = [];

    /// <summary>The images, those nearest the group's middle first.</summary>
    [JsonIgnore]
    internal int[] Places { get; init; } = [];
}
