using Pentimento.Attribution;
using Pentimento.Evaluation;

namespace Pentimento.Tests.Attribution;

public sealed class AuditVerdictTests
{
    private static readonly Recoloring Constant = new(100, "digit", 0, 0, 0.02, default, default);
    private const string Alike = "It answers every image alike: neither the colour nor the shape moves it.";

    [Fact]
    public void Without_evidence_it_says_so() =>
        Assert.Equal($"{Alike} No image has positive evidence for its answer.", AuditVerdict.Of([Constant], Localized(null, default)));

    // The Wilson interval of 60 of 100 begins at 50.2%, that of 59 of 100 at 49.2%.
    [Theory]
    [InlineData(59, 100, "")]
    [InlineData(60, 100, " 60.0% of its right answers (50.2 to 69.1%) rest on evidence off the object.")]
    [InlineData(0, 0, "")]
    public void The_place_is_mentioned_where_surely_most_evidence_lies_outside(long outside, long correct, string sentence) =>
        Assert.Equal($"{Alike}{sentence}", AuditVerdict.Of([Constant], Localized(0.3, new(outside, correct))));

    private static EvidenceLocalization Localized(double? share, Share outside) => new(100, 0, share, share, share, 0.1, default, outside);
}
