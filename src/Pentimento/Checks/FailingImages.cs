using Pentimento.Data;

namespace Pentimento.Checks;

/// <summary>The first images that break each requirement.</summary>
/// <param name="Images">All images of the check.</param>
/// <param name="Predicted">int64 (N), the predicted class of each.</param>
/// <param name="Requirements">Each requirement with the places of its images, and how many there are in all.</param>
internal sealed record FailingImages(
    ImageSet Images, long[] Predicted, IReadOnlyList<(Requirement Requirement, IReadOnlyList<int> Places, int Count)> Requirements)
{
    private const int Shown = 24;

    /// <summary>Chooses the images.</summary>
    public static FailingImages Of(CheckSubject subject, IReadOnlyList<(Requirement Requirement, Measurement Measured)> measured) => new(
        subject.Images,
        subject.Predictions.Classes,
        [.. measured.Select(pair => (pair.Requirement, (IReadOnlyList<int>)[.. pair.Measured.Against.Take(Shown)], pair.Measured.Against.Count))]);
}
