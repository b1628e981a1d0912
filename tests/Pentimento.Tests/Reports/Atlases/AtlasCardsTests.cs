using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Reports.Atlases;

namespace Pentimento.Tests.Reports.Atlases;

public sealed class AtlasCardsTests
{
    [Fact]
    public void Of_thousands_of_channels_on_photographs_only_the_most_telling_have_pictures()
    {
        using var scratch = new Scratch();
        var probe = ((Probe)Tests.Operations.SmallOperations.Of("probe", scratch)).Run(RunContext.OnCpu(1)).Samples[0];
        // The same neuron on photographs of 200 rows, whose strips are 84 rows high: 2 x 8 x 84 x 84 x 3 bytes, of which 32 MiB hold 99.
        var photograph = new ImageSet("photo", new byte[200 * 200 * 3], [0], [], new(200, 200, 3));
        var reading = probe.Samples!.Reading with { Places = [.. Enumerable.Repeat(new int[1], 500)] };
        var neurons = Enumerable.Range(0, 500).Select(at => probe.Neurons[0] with { Index = at, Top = [0] }).ToList();
        var samples = new NeuronSamples(
            photograph, reading, [.. Enumerable.Range(0, 500).Reverse()], new Dictionary<int, float[]> { [499] = new float[200 * 200 * 3] },
            new Dictionary<int, float[]> { [0] = new float[200 * 200] });

        var cards = AtlasCards.Of(new(probe.Layer, neurons, samples));

        Assert.Equal(500, cards.Count);
        Assert.Equal(99, cards.Count(card => card.Top is not null));
        Assert.All(cards.Take(401), card => Assert.Null(card.Top));
        Assert.All(cards.Skip(401), card => Assert.Equal(84, card.Top!.Height));
        Assert.Single(cards, card => card.Drawing is not null);
        Assert.True(new Atlas("one", "photo", null, null, [], cards).IsPartlyShown);
        Assert.False(new Atlas("one", "photo", null, null, [], [cards[499]]).IsPartlyShown);
    }
}
