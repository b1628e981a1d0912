using Pentimento.Attribution;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

public sealed class EvidenceLocalizationTests
{
    // Four images of 5x5 on black, whose middle pixel is lit and another, at the right edge, is just too dim: 127 of 255, measured in the brightest.
    private static readonly ImageSet Set = new("four", [.. Enumerable.Range(0, 4).SelectMany(_ => Image())], [0, 0, 1, 1], [], new(5, 5, 3));

    [Fact]
    public void It_is_the_mean_share_of_evidence_on_lit_pixels()
    {
        using var scope = NewDisposeScope();

        // Shares 1, 1/4, 1/2; the last image has no evidence.
        var focus = EvidenceLocalization.Of(Maps((2, 0), (1, 3), (5, 5), (0, 0)), Set, [0, 0, 1, 1]);

        Assert.Equal((4, 1), (focus.Count, focus.NoEvidence));
        Assert.Equal(1.75 / 3, focus.OnDigit!.Value, 1e-6);
        Assert.Equal(1 / 25.0, focus.ForegroundShare, 1e-6);
        // The shares' standard deviation is 0.3819.
        Assert.Equal(1.96 * 0.381881 / Math.Sqrt(3), focus.High!.Value - focus.OnDigit.Value, 1e-5);
        Assert.Equal(focus.OnDigit.Value - focus.Low!.Value, focus.High.Value - focus.OnDigit.Value, 1e-9);
    }

    [Fact]
    public void The_pointing_game_asks_where_the_strongest_place_is_and_forgives_a_pixel()
    {
        using var scope = NewDisposeScope();
        var maps = Maps((2, 0), (1, 3), (1, 0), (0, 0));
        maps[2, 1, 1] = 9;

        var focus = EvidenceLocalization.Of(maps, Set, [0, 0, 1, 1]);

        // The first on the digit, the second off it, the third beside it; the last has no place.
        Assert.Equal((2L, 3L), (focus.Pointing.Hits, focus.Pointing.Count));
    }

    [Fact]
    public void Right_for_the_wrong_reason_is_a_right_answer_with_less_evidence_on_the_digit_than_everywhere()
    {
        using var scope = NewDisposeScope();

        // On the digit: all, nothing (right), nothing (wrong), no evidence (right).
        var focus = EvidenceLocalization.Of(Maps((1, 0), (0, 1), (0, 1), (0, 0)), Set, [0, 0, 0, 1]);

        Assert.Equal((1L, 2L), (focus.WrongReason.Hits, focus.WrongReason.Count));
    }

    [Fact]
    public void A_digit_of_a_dark_colour_is_as_large_as_one_of_a_bright_colour()
    {
        using var scope = NewDisposeScope();
        var dark = new ImageSet("dark", [.. Image().Select(value => (byte)(value / 4))], [0], [], new(5, 5, 3));

        Assert.Equal(1, EvidenceLocalization.Foreground(dark).sum().item<float>());
    }

    [Fact]
    public void Without_any_evidence_there_is_no_focus()
    {
        using var scope = NewDisposeScope();

        var focus = EvidenceLocalization.Of(zeros(4, 5, 5), Set, [0, 0, 0, 0]);

        Assert.Equal((4, null, null, null), (focus.NoEvidence, focus.OnDigit, focus.Low, focus.High));
        Assert.Equal((0L, 0L), (focus.Pointing.Count, focus.WrongReason.Count));
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var scope = NewDisposeScope();
        var evidence = ones(4, 5, 5);
        var before = scope.DisposablesCount;

        EvidenceLocalization.Of(evidence, Set, [0, 0, 0, 0]);

        Assert.Equal(before, scope.DisposablesCount);
    }

    /// <summary>Evidence on the lit pixel and on the dim one.</summary>
    private static Tensor Maps(params (float Lit, float Dim)[] values)
    {
        var maps = zeros(values.Length, 5, 5);
        for (var at = 0; at < values.Length; at++) (maps[at, 2, 2], maps[at, 2, 4]) = (values[at].Lit, values[at].Dim);
        return maps;
    }

    private static byte[] Image()
    {
        var image = new byte[5 * 5 * 3];
        (image[((2 * 5) + 2) * 3], image[(((2 * 5) + 4) * 3) + 1]) = (255, 127);
        return image;
    }
}
