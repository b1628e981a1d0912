using Pentimento.Attribution;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

public sealed class FocusTests
{
    // Four images of two pixels, the first of which is lit; 128 is lit, 127 is not, and the brightest channel counts.
    private static readonly ImageSet Set = new("four", [.. Enumerable.Repeat(new byte[] { 0, 128, 0, 127, 127, 127 }, 4).SelectMany(image => image)], [0, 0, 0, 0], [], new(1, 2, 3));

    [Fact]
    public void It_is_the_mean_share_of_evidence_on_lit_pixels()
    {
        using var scope = NewDisposeScope();

        // Shares 1, 1/4, 1/2; the last image has no evidence.
        var focus = Focus.Of(tensor(new float[] { 2, 0, 1, 3, 5, 5, 0, 0 }).view(4, 1, 2), Set);

        Assert.Equal((4, 1), (focus.Count, focus.NoEvidence));
        Assert.Equal(1.75 / 3, focus.OnDigit!.Value, 1e-6);
        Assert.Equal(0.5, focus.Lit, 1e-6);
        // The shares' standard deviation is 0.3819.
        Assert.Equal(1.96 * 0.381881 / Math.Sqrt(3), focus.High!.Value - focus.OnDigit.Value, 1e-5);
        Assert.Equal(focus.OnDigit.Value - focus.Low!.Value, focus.High.Value - focus.OnDigit.Value, 1e-9);
    }

    [Fact]
    public void Without_any_evidence_there_is_no_focus()
    {
        using var scope = NewDisposeScope();

        var focus = Focus.Of(zeros(4, 1, 2), Set);

        Assert.Equal((4, null, null, null), (focus.NoEvidence, focus.OnDigit, focus.Low, focus.High));
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var scope = NewDisposeScope();
        var evidence = ones(4, 1, 2);
        var before = scope.DisposablesCount;

        Focus.Of(evidence, Set);

        Assert.Equal(before, scope.DisposablesCount);
    }
}
