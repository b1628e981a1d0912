using Pentimento.Data;
using Pentimento.Reports.Pictures;

namespace Pentimento.Tests.Reports.Pictures;

public sealed class PictureTests
{
    [Fact]
    public void Grey_images_get_equal_channels_and_coloured_ones_keep_theirs()
    {
        Assert.Equal([9, 9, 9, 5, 5, 5], Picture.Of(new ImageSet("grey", [9, 5], [0], [], new(1, 2, 1)), 0).Pixels);
        Assert.Equal([1, 2, 3], Picture.Of(new ImageSet("colour", [1, 2, 3], [0], [], new(1, 1, 3)), 0).Pixels);
    }

    [Fact]
    public void A_picture_with_too_many_rows_is_shrunk_and_one_that_fits_is_not()
    {
        var stripes = new Picture(4, 8, [.. Enumerable.Range(0, 4 * 8 * 3).Select(at => (byte)(at / 12 % 2 * 200))]);

        var small = stripes.AtMost(4);

        Assert.Equal((2, 4), (small.Width, small.Height));
        Assert.All(small.Pixels, value => Assert.InRange(value, 90, 110));
        Assert.Same(stripes, stripes.AtMost(8));
    }

    [Fact]
    public void A_change_is_amplified_with_its_sign_around_grey()
    {
        var before = new Picture(1, 1, [100, 100, 100]);

        // 12.7 of 255 is drawn white or black, so +2 and -2 are 20 beside the grey 128; a larger change is cut.
        Assert.Equal([148, 128, 108], Perturbation.Signed(before, [102 / 255f, 100 / 255f, 98 / 255f], 12.7 / 255).Pixels);
        Assert.Equal([255, 128, 0], Perturbation.Signed(before, [1, 100 / 255f, 0], 12.7 / 255).Pixels);
    }

    [Fact]
    public void All_maps_of_a_comparison_share_one_scale()
    {
        var heat = EvidenceColors.Over([[0, 1], [4, 2]]);
        var black = new Picture(1, 1, [0, 0, 0]);

        Assert.Equal(4, heat.Full);
        Assert.Equal(heat.Over(black, [1]).Pixels, new EvidenceColors(8).Over(black, [2]).Pixels);
        Assert.NotEqual(heat.Over(black, [1]).Pixels, heat.Over(black, [4]).Pixels);
    }

    [Fact]
    public void No_evidence_anywhere_is_drawn_as_none()
    {
        var black = new Picture(1, 1, [0, 0, 0]);

        Assert.Equal(new EvidenceColors(4).Over(black, [0]).Pixels, EvidenceColors.Over([[0]]).Over(black, [0]).Pixels);
    }
}
