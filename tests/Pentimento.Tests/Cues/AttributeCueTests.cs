using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Attributes that are colours.</summary>
public sealed class AttributeCueTests
{
    private static readonly float[][] Paints = [[1, 0, 0], [0, 0.8f, 0], [0.2f, 0.2f, 1]];
    private static readonly float[] Black = [0, 0, 0];

    [Theory]
    [InlineData("paint", false)]
    [InlineData("ground", true)]
    public void An_image_gets_the_colour_of_its_donors_value_and_keeps_its_shapes(string name, bool ofGround)
    {
        using var scope = NewDisposeScope();
        var set = Painted(ofGround);
        var cue = Catalog.Read<Cue>($"attribute:column={name}").FittedTo(set);
        var images = Pixels.Batch(set, tensor((long[])[0, 3]));
        var donors = Pixels.Batch(set, tensor((long[])[1, 6]));

        var swapped = cue.Swap(images, donors);

        // Image 0 has the first colour and its donor the second; image 3 and its donor have the same.
        var wanted = ofGround ? Figures.Box(5, 5, 9, 9, [1, 1, 1], Paints[1]) : Figures.Box(5, 5, 9, 9, Paints[1], Black);
        Assert.True((swapped[0] - wanted).abs().max().item<float>() < 0.02);
        Assert.True(swapped[1].allclose(images[1]));
        Assert.Equal([1L, 0], cue.Read(donors).argmax(1).data<long>().ToArray());
    }

    [Fact]
    public void What_no_colour_tells_and_what_there_is_not_are_refused()
    {
        var set = Painted(false);

        Assert.Contains(
            "'order' of painted cannot be recoloured",
            Assert.Throws<BadInputException>(() => Catalog.Read<Cue>("attribute:column=order").FittedTo(set)).Message,
            StringComparison.Ordinal);
        Assert.Throws<BadInputException>(() => Catalog.Read<Cue>("attribute:column=hat").FittedTo(set));
    }

    /// <summary>Boxes at different places whose colour, or whose ground's, goes round.</summary>
    private static ImageSet Painted(bool ofGround)
    {
        const int Count = 24;
        using var scope = NewDisposeScope();
        var boxes = stack([.. Enumerable.Range(0, Count).Select(at =>
        {
            var (top, paint) = (at == 0 ? 5 : 3 + (at % 7), Paints[at % 3]);
            return Figures.Box(top, top, 9, 9, ofGround ? [1, 1, 1] : paint, ofGround ? paint : Black);
        })]);
        var pixels = (boxes * 255).round().to_type(uint8).permute(0, 2, 3, 1).contiguous().data<byte>().ToArray();
        long[] paints = [.. Enumerable.Range(0, Count).Select(at => (long)(at % 3))];
        return new("painted", pixels, paints, [], new(Figures.Side, Figures.Side, 3))
        {
            Attributes = new Dictionary<string, long[]>
            {
                ["paint"] = paints,
                ["ground"] = paints,
                ["order"] = [.. Enumerable.Range(0, Count).Select(at => (long)(at / 12))],
            },
        };
    }
}
