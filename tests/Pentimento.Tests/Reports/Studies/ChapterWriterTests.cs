using Pentimento.Data;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pictures;
using Pentimento.Studies.Parts;

namespace Pentimento.Tests.Reports.Studies;

public sealed class ChapterWriterTests
{
    [Fact]
    public void A_claim_does_not_refer_to_a_figure_that_shows_nothing()
    {
        using var scratch = new Scratch();
        var writer = new ChapterWriter(scratch.Folder);
        var picture = Picture.Of(new ImageSet("dark", new byte[4 * 4 * 3], [1], [], new(4, 4, 3)), 0);
        writer.Draw(new PictureTable("traitors", "Traitors.", []), "Top traitors.");
        writer.Draw(new PictureTable("heroes", "Heroes.", [new("channel 1", [new(picture, "black", "1")])]), "Top heroes.");
        foreach (var name in (string[])["traitors", "heroes"])
            writer.Claim($"There are {name}.", "Measured.", "one seed", Estimate.OverSeeds([1]), Bound.Above(0), name);

        var part = writer.Part("prober", "The prober");

        Assert.Equal([null, "heroes"], part.Claims.Select(claim => claim.Figure));
        Assert.Equal("Top traitors. There are none.", part.Blocks[0].Text);
    }
}
