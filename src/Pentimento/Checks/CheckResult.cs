using System.Text.Json.Serialization;

namespace Pentimento.Checks;

/// <summary>What a check found.</summary>
/// <param name="Passed">Whether the network may pass: no requirement failed, none regressed, and none is undecided unless that is allowed.</param>
/// <param name="Verdict">The same in a sentence.</param>
/// <param name="Model">The network's file.</param>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Requirements">Each requirement with what was measured.</param>
/// <param name="Regressions">The groups compared with the baseline; empty where there is none.</param>
/// <param name="Undecided">What becomes of a requirement that the images cannot decide.</param>
public sealed record CheckResult(
    bool Passed,
    string Verdict,
    string Model,
    string Data,
    int Count,
    IReadOnlyList<RequirementResult> Requirements,
    IReadOnlyList<GroupChange> Regressions,
    UndecidedRule Undecided)
{
    /// <summary>Which images were predicted correctly, so that a later check can compare with this one.</summary>
    [JsonInclude]
    internal CheckedPredictions Predictions { get; init; } = new("", "");

    /// <summary>The policy that was written from these figures; null where none was asked for.</summary>
    public string? Policy { get; init; }

    /// <summary>The images that break requirements, for a page; null where none is wanted.</summary>
    [JsonIgnore]
    internal FailingImages? Broken { get; init; }
}

/// <summary>A requirement with what was measured. Shares are of 1.</summary>
/// <param name="Requirement">The requirement as it was written.</param>
/// <param name="Measured">The value; null where it is undefined.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Count">The number of images behind it; null where none are.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="Where">What was measured where the requirement does not say it, such as the worst group's name; empty otherwise.</param>
/// <param name="Needed">Where it is undecided: about how many images would decide it; null where it stands at its limit.</param>
/// <param name="Message">The line that people read.</param>
public sealed record RequirementResult(
    string Requirement,
    double? Measured,
    double? Low,
    double? High,
    long? Count,
    double Limit,
    RequirementStatus Status,
    string Where,
    long? Needed,
    string Message);

/// <summary>How the predictions of a group of images changed from the baseline's, on the same images.</summary>
/// <param name="Group">All images, a class, or a class with a value of an attribute.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Before">The accuracy of the baseline.</param>
/// <param name="After">The accuracy of the network under check.</param>
/// <param name="Lost">The number of images that only the baseline predicts correctly.</param>
/// <param name="Gained">The number of images that only the network under check predicts correctly.</param>
/// <param name="P">The one-sided p-value of McNemar's exact test for a loss.</param>
/// <param name="Adjusted">The same, corrected for the number of groups (Holm).</param>
/// <param name="Status">Failed where the group is worse than before, corrected p at most 0.05.</param>
public sealed record GroupChange(
    string Group, int Count, double Before, double After, long Lost, long Gained, double P, double Adjusted, RequirementStatus Status);

/// <summary>Which images were predicted correctly.</summary>
/// <param name="Images">The SHA-256 of the images and their labels, by which the same images are known again.</param>
/// <param name="Correct">One bit an image, the first in the lowest bit of the first byte, as base64.</param>
internal sealed record CheckedPredictions(string Images, string Correct);
