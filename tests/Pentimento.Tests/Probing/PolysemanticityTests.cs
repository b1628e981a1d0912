using Pentimento.Probing;

namespace Pentimento.Tests.Probing;

public sealed class PolysemanticityTests
{
    // 100 images, ten of each digit.
    private static readonly long[] Digits = [.. Enumerable.Range(0, 100).Select(at => at % 10L)];

    [Fact]
    public void A_detector_of_one_digit_is_pure_and_one_of_two_has_the_entropy_of_a_coin()
    {
        var measured = Polysemanticity.Of(Table(digit => digit == 3 ? 2 : 0, digit => digit is 3 or 8 ? 5 : 0), new());

        Assert.Equal(new(2, true, 10, 0, 1, 0), measured[0]);
        Assert.Equal(5, measured[1].Strength);
        Assert.Equal(Math.Log(2), measured[1].Entropy, 1e-12);
        Assert.Equal(0.5, measured[1].Purity, 1e-12);
        Assert.Equal(5 * Math.Log(2), measured[1].Score, 1e-12);
    }

    [Fact]
    public void An_inactive_neuron_means_nothing_however_many_digits_it_answers()
    {
        // The second answers every digit, a hundred times more weakly than the first; the third is weak by any measure.
        var measured = Polysemanticity.Of(Table(digit => digit == 3 ? 10 : 0, _ => 0.1, _ => 1e-5), new());

        Assert.All(measured.Skip(1), neuron => Assert.Equal((false, 0.0, 0.0), (neuron.Active, neuron.Entropy, neuron.Score)));
        Assert.False(Polysemanticity.Of(Table(_ => 1e-5), new())[0].Active);
        Assert.True(Polysemanticity.Of(Table(_ => 0.1), new())[0].Active);
    }

    [Fact]
    public void A_frequent_class_does_not_look_like_a_preference()
    {
        // 90 images of 0 and 10 of 1, all answered alike: half and half once frequency is taken out.
        var labels = Enumerable.Range(0, 100).Select(at => at < 90 ? 0L : 1L).ToArray();

        var measured = Polysemanticity.Of(new("skewed", [[.. labels.Select(_ => 1.0)]], labels, new long[100]), new())[0];

        Assert.Equal(Math.Log(2), measured.Entropy, 1e-12);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("max")]
    public void Top_images_and_the_entropy_of_their_labels_are_the_references(string pooling)
    {
        var stored = (float[])Oracle.Expected($"conv3_{pooling}").Data;
        var table = ActivationTable.Of<float>("relu3", stored, 64, Oracle.Images.Labels, Oracle.Images.AttributeOf("colour"));
        var (places, entropies) = (
            (short[])Oracle.Expected($"top_{pooling}_index").Data,
            (double[])Oracle.Expected($"top_{pooling}_label_entropy_nats").Data);

        for (var channel = 0; channel < 64; channel++)
        {
            var top = TopImages.Of(table.Channels[channel], 20);
            Assert.Equal(places.AsSpan(channel * 20, 20).ToArray().Select(place => (int)place), top);
            Assert.Equal(entropies[channel], LabelEntropy.Of([.. top.Select(at => Oracle.Images.Labels[at])]), 1e-12);
        }
    }

    private static ActivationTable Table(params Func<long, double>[] channels) =>
        new("synthetic", [.. channels.Select(answer => Digits.Select(answer).ToArray())], Digits, new long[Digits.Length]);
}
