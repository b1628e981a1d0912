using Pentimento.Painting.Objects;

namespace Pentimento.Tests.Painting.Objects;

public sealed class ObjectAtlasTests
{
    private static readonly Lazy<ObjectAtlas> Embedded = new(ObjectAtlas.Read);

    private static ObjectAtlas Atlas => Embedded.Value;

    [Fact]
    public void Every_class_of_every_vendor_and_every_ground_is_in_both_splits()
    {
        Assert.Equal(4 * 2 * 2, Atlas.Glyphs.Select(glyph => (glyph.Vendor, glyph.Label, glyph.Split)).Distinct().Count());
        Assert.Equal(2 * 2, Atlas.Grounds.Select(ground => (ground.Kind, ground.Split)).Distinct().Count());
        Assert.All(Atlas.Glyphs, glyph => Assert.InRange(glyph.Vendor, 0, 3));
        Assert.All(Atlas.Glyphs, glyph => Assert.InRange(glyph.Label, 0, 1));
    }

    [Fact]
    public void No_emoji_and_no_photograph_is_in_both_splits()
    {
        // What one vendor draws for training, no other draws for testing.
        Assert.All(Atlas.Glyphs.GroupBy(glyph => glyph.Name), same => Assert.Single(same.Select(glyph => glyph.Split).Distinct()));
        Assert.All(Atlas.Grounds.GroupBy(ground => ground.Photograph), same => Assert.Single(same.Select(ground => ground.Split).Distinct()));
        Assert.Equal(Atlas.Glyphs.Count, Atlas.Glyphs.Select(glyph => (glyph.Vendor, glyph.Name)).Distinct().Count());
    }

    [Fact]
    public void An_emoji_is_in_the_class_of_its_group_whoever_drew_it()
    {
        Assert.All(Atlas.Glyphs.GroupBy(glyph => glyph.Name), same => Assert.Single(same.Select(glyph => glyph.Label).Distinct()));
        Assert.All(Atlas.Glyphs.Where(glyph => glyph.Name is "owl" or "tulip"), glyph => Assert.Equal(0, glyph.Label));
        Assert.All(Atlas.Glyphs.Where(glyph => glyph.Name is "bus" or "castle"), glyph => Assert.Equal(1, glyph.Label));
    }

    [Fact]
    public void Green_grounds_are_greener_than_blue_and_blue_ones_bluer_than_green()
    {
        for (var at = 0; at < Atlas.Grounds.Count; at++)
        {
            var (green, blue) = (0L, 0L);
            var pixels = Atlas.PixelsOfGround(at);
            for (var pixel = 0; pixel < pixels.Length; pixel += 3) (green, blue) = (green + pixels[pixel + 1], blue + pixels[pixel + 2]);
            Assert.True(Atlas.Grounds[at].Kind == 0 ? green > blue : blue > green, $"ground {at}: green {green}, blue {blue}");
        }
    }

    [Fact]
    public void Every_photograph_has_its_author_and_a_licence_that_lets_it_be_handed_on()
    {
        var photographs = ObjectAtlas.Table("photographs.tsv").ToList();
        string[] free = ["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0"];

        Assert.Equal(Atlas.Grounds.Max(ground => ground.Photograph) + 1, photographs.Count);
        Assert.All(photographs, row => Assert.Contains(row["licence"], free));
        Assert.All(photographs, row => Assert.Matches(@"^\w.+, \d{4}$", row["author"]));
        var notices = File.ReadAllText(Repository.At("THIRD-PARTY-NOTICES.md"));
        var readme = File.ReadAllText(Repository.At("data/objects/README.md"));
        Assert.All(photographs, row => Assert.Contains(row["file"], readme, StringComparison.Ordinal));
        Assert.All(photographs, row => Assert.Contains(row["author"].Split(',')[0], notices, StringComparison.Ordinal));
        Assert.All(["noto", "fluent-emoji-flat", "twemoji", "emojione"], name => Assert.Contains(name, readme, StringComparison.Ordinal));
    }
}
