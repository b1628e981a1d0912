using Pentimento.Data;

namespace Pentimento.Training;

/// <summary>The environments of a training: sets of images that differ in how the nuisance goes with the label.</summary>
/// <param name="Sets">One set an environment.</param>
public sealed record Environments(IReadOnlyList<ImageSet> Sets)
{
    /// <summary>How many images there are in all.</summary>
    public int Count => Sets.Sum(set => set.Count);

    /// <summary>The one more than the largest label.</summary>
    public int Classes => (int)Sets.Max(set => set.Labels.Max()) + 1;

    /// <summary>The size of the images.</summary>
    /// <exception cref="BadInputException">The sets differ in it, or one holds no images.</exception>
    public ImageShape Shape
    {
        get
        {
            var empty = Sets.FirstOrDefault(set => set.Count == 0);
            Require.That(empty is null, $"The environment {empty?.Name} holds no images.");
            var other = Sets.FirstOrDefault(set => set.Shape != Sets[0].Shape);
            Require.That(other is null, $"{Sets[0].Name} holds images of {Sets[0].Shape}, {other?.Name} of {other?.Shape}.");
            return Sets[0].Shape;
        }
    }
}
