using System.Security.Cryptography;
using Pentimento.Data;
using Pentimento.Painting.Objects;

namespace Pentimento.Tests.Painting.Objects;

public sealed class ObjectPainterTests
{
    private static readonly Lazy<ObjectAtlas> Atlas = new(ObjectAtlas.Read);

    [Fact]
    public void The_bytes_do_not_depend_on_threads_or_limit()
    {
        var alone = Painter("objects_95").PaintFirst(Split.Train, 200, 1, RunContext.OnCpu());
        var together = Painter("objects_95").PaintFirst(Split.Train, 200, 2, RunContext.OnCpu());
        var few = Painter("objects_95").PaintFirst(Split.Train, 70, 1, RunContext.OnCpu());

        Assert.Equal(alone.Pixels, together.Pixels);
        Assert.Equal(alone.First(70).Pixels, few.Pixels);
        Assert.Equal(alone.Attributes["ground"][..70], few.Attributes["ground"]);
    }

    [Fact]
    public void What_a_limit_draws_is_what_it_would_draw_of_the_whole_set()
    {
        var painter = new ObjectPainter(Atlas.Value, new(95), new(0)) { Counts = (300, 200) };

        var drawn = painter.PaintDrawn(Split.Test, 50, 1, RunContext.OnCpu());

        Assert.Equal(painter.PaintFirst(Split.Test, 0, 1, RunContext.OnCpu()).Take(50).Pixels, drawn.Pixels);
        Assert.Equal(painter.PaintFirst(Split.Test, 0, 1, RunContext.OnCpu()).Take(50).Labels, drawn.Labels);
    }

    [Fact]
    public void The_bytes_are_those_of_this_version_on_every_machine()
    {
        // A change of these bytes is a change of every published set: it takes a new ObjectPainter.Version.
        Assert.Equal(1, ObjectPainter.Version);
        Assert.Equal(
            "11977ff6e469c70dce661a98a7ec13b26ca316eff5015643908ddbf8108c238d",
            Convert.ToHexStringLower(SHA256.HashData(Painter("objects_95").PaintFirst(Split.Test, 100, 1, RunContext.OnCpu()).Pixels)));
    }

    [Theory]
    [InlineData("objects_95", 0.95, 0.95)]
    [InlineData("objects_rev95", 0.05, 0.05)]
    [InlineData("objects_50", 0.5, 0.5)]
    [InlineData("objects_100", 1, 1)]
    public void Ground_and_class_agree_as_often_as_the_name_says(string name, double nature, double travel)
    {
        var painter = Painter(name);
        var compositions = Enumerable.Range(0, 8000).Select(at => painter.Of(Split.Train, at)).ToList();
        double Agreeing(long label)
        {
            var own = compositions.Where(composition => Atlas.Value.Glyphs[composition.Glyph].Label == label).ToList();
            Assert.InRange(own.Count, 3800, 4200);
            return own.Count(composition => composition.Ground == label) / (double)own.Count;
        }

        // Four standard deviations of a share of some 4,000 images are 0.032 at most.
        Assert.Equal(nature, Agreeing(0), 0.032);
        Assert.Equal(travel, Agreeing(1), 0.032);
    }

    [Fact]
    public void Sets_of_one_seed_differ_in_their_grounds_alone()
    {
        var (plain, reversed) = (Painter("objects_95"), Painter("objects_rev95"));
        foreach (var at in Enumerable.Range(0, 300))
        {
            var (one, other) = (plain.Of(Split.Test, at), reversed.Of(Split.Test, at));

            // Whether an image is aligned does not hang on the name's grounds.
            Assert.Equal(one.On(GroundChoice.Swapped), other);
        }

        Assert.NotEqual(plain.Of(Split.Test, 0), new ObjectPainter(Atlas.Value, new(95), new(1)).Of(Split.Test, 0));
        Assert.NotEqual(plain.Of(Split.Test, 0), plain.Of(Split.Train, 0));
    }

    [Fact]
    public void On_the_other_ground_an_image_changes_only_where_its_object_does_not_cover_it()
    {
        var places = Enumerable.Range(0, 40).ToArray();
        var painter = Painter("objects_95");
        var green = painter.Paint(Split.Test, places, GroundChoice.Green, 1, RunContext.OnCpu());
        var blue = painter.Paint(Split.Test, places, GroundChoice.Blue, 1, RunContext.OnCpu());
        var own = painter.PaintFirst(Split.Test, places.Length, 1, RunContext.OnCpu());
        foreach (var at in places)
        {
            var (cover, one, other) = (painter.Cover(Split.Test, at), green.PixelsOf(at).ToArray(), blue.PixelsOf(at).ToArray());
            for (var pixel = 0; pixel < cover.Length; pixel++)
            {
                if (cover[pixel] == 255) Assert.Equal(one.AsSpan(3 * pixel, 3), other.AsSpan(3 * pixel, 3));
            }

            Assert.InRange(cover.Count(value => value == 255), 30, 4000);
            // Where nothing stands, the ground is the photograph's, untouched.
            var composition = painter.Of(Split.Test, at);
            var bare = Array.FindIndex(cover, value => value == 0);
            var column = composition.IsGroundMirrored ? 63 - (bare % 64) : bare % 64;
            var photograph = Atlas.Value.PixelsOfGround(composition.Pictures.Blue.First).Slice(3 * ((bare / 64 * 64) + column), 3);
            Assert.Equal(photograph, other.AsSpan(3 * bare, 3));
            Assert.Equal(own.Attributes["ground"][at] == 0 ? one : other, own.PixelsOf(at).ToArray());
        }

        Assert.All(green.Attributes["ground"], ground => Assert.Equal(0, ground));
        Assert.All(blue.Attributes["ground"], ground => Assert.Equal(1, ground));
    }

    [Fact]
    public void A_redrawn_ground_is_another_picture_of_the_same_kind()
    {
        var painter = Painter("objects_50");
        foreach (var composition in Enumerable.Range(0, 300).Select(at => painter.Of(Split.Test, at)))
        {
            var redrawn = composition.On(GroundChoice.Redrawn);

            Assert.NotEqual(composition.Picture, redrawn.Picture);
            Assert.Equal((composition.Ground, Split.Test), (Atlas.Value.Grounds[redrawn.Picture].Kind, Atlas.Value.Grounds[redrawn.Picture].Split));
            Assert.Equal(1 - composition.Ground, Atlas.Value.Grounds[composition.On(GroundChoice.Swapped).Picture].Kind);
        }
    }

    [Fact]
    public void An_object_is_its_emoji_mirrored_scaled_and_moved()
    {
        // Two by two blocks: red and half transparent green above, blue and nothing below.
        var emoji = new byte[64 * 64 * 4];
        for (var pixel = 0; pixel < 64 * 64; pixel++)
        {
            var block = (pixel / 64 / 32 * 2) + (pixel % 64 / 32);
            byte[] color = block switch { 0 => [255, 0, 0, 255], 1 => [0, 255, 0, 128], 2 => [0, 0, 255, 255], _ => [0, 0, 0, 0] };
            color.CopyTo(emoji, 4 * pixel);
        }

        var plain = new GlyphSampler(emoji, new(Top: 10, Left: 20, Scale: 0.5, IsMirrored: false));
        var mirrored = new GlyphSampler(emoji, new(Top: 10, Left: 20, Scale: 0.5, IsMirrored: true));

        Assert.Equal((255, 0, 0, 255), plain.At(15, 25));
        Assert.Equal((0, 128, 0, 128), plain.At(15, 45));
        Assert.Equal((0, 0, 255, 255), plain.At(35, 25));
        Assert.Equal((0, 0, 0, 0), plain.At(35, 45));
        Assert.Equal((0, 0, 0, 0), plain.At(15, 18));
        Assert.Equal((0, 128, 0, 128), mirrored.At(15, 25));
        Assert.Equal((255, 0, 0, 255), mirrored.At(15, 45));
    }

    [Fact]
    public void Classes_grounds_and_vendors_have_names_and_every_vendor_is_there_alike()
    {
        var set = Painter("objects_95").PaintFirst(Split.Test, 400, 2, RunContext.OnCpu());

        Assert.Equal(["nature", "travel"], set.ClassNames);
        Assert.Equal(["green", "blue"], set.ValueNames["ground"]);
        Assert.Equal(["noto", "fluent", "twemoji", "emojione"], set.ValueNames["vendor"]);
        Assert.All(set.Attributes["vendor"].CountBy(vendor => vendor), pair => Assert.InRange(pair.Value, 65, 135));
        Assert.Equal((64, 64, 3), (set.Shape.Height, set.Shape.Width, set.Shape.Channels));
    }

    private static ObjectPainter Painter(string name) => new(Atlas.Value, ObjectCanvas.Parse(name), new(0));
}
