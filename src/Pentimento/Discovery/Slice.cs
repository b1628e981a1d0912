using System.Text.Json.Serialization;

namespace Pentimento.Discovery;

/// <summary>A group of similar images on which the network fails more often than elsewhere.</summary>
/// <param name="Count">The number of its images.</param>
/// <param name="Accuracy">The network's accuracy on them.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Description">What they have in common, in words.</param>
/// <param name="Label">The class that most of the mistaken ones among them show.</param>
/// <param name="Predicted">The class that these are taken for most often; null where none is mistaken.</param>
/// <param name="Cue">The cue that sets them apart from the rest of their class most; null where none does.</param>
public sealed record Slice(
    int Count, double Accuracy, double Low, double High, string Description, long Label, long? Predicted, Cues.Cue? Cue)
{
    /// <summary>The images, the most typical first.</summary>
    [JsonIgnore]
    internal int[] Places { get; init; } = [];
}
