using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Training;

namespace Pentimento.Tests.Experiments;

public sealed class ConflictingImagesTests
{
    [Fact]
    public void They_have_another_value_than_most_learned_images_of_their_class_and_unknown_ones_count_for_nothing()
    {
        // Class 0 is usually on water (value 2), class 1 on land (1); value 0 has no name, 3 is unknown.
        var learned = Set([0, 0, 0, 1, 1, 0], [2, 2, 1, 1, 1, 3]);
        var held = Set([0, 0, 1, 1, 1, 0, 0], [2, 1, 1, 2, 0, 3, -1]);

        var found = ConflictingImages.ByAttribute(learned, held, "place");

        Assert.Equal([1, 3], found.Places);
        Assert.Equal([0, 1, 2, 3], ConflictingImages.Known(held, "place"));
        Assert.Contains(
            "No held-out image of birds has another place than most of its class",
            Assert.Throws<BadInputException>(() => ConflictingImages.ByAttribute(learned, Set([0, 1], [2, 1]), "place")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Supervision.Nuisance, "fine-tune cue-swap cue-swap-last-layer cue-projection")]
    [InlineData(Supervision.Colors, "fine-tune group-balanced last-layer-retraining")]
    [InlineData(Supervision.Environments, "fine-tune group-dro v-rex")]
    public void What_is_tried_follows_from_what_is_known(Supervision known, string methods) =>
        Assert.Equal(methods.Split(' '), FineTuneMethod.For(known, []).Select(method => method.Name));

    [Fact]
    public void A_method_that_needs_what_nobody_said_is_refused()
    {
        Assert.Equal(["fine-tune", "neuron-tuning"], FineTuneMethod.For(Supervision.Nothing, ["neuron-tuning"]).Select(method => method.Name));
        Assert.Contains(
            "group-balanced needs an attribute (--attribute), which nobody said",
            Assert.Throws<BadInputException>(() => FineTuneMethod.For(Supervision.Nuisance, ["group-balanced"])).Message,
            StringComparison.Ordinal);
    }

    private static ImageSet Set(long[] labels, long[] places) => new("birds", new byte[labels.Length], labels, [], new(1, 1, 1))
    {
        Attributes = new Dictionary<string, long[]> { ["place"] = places },
        ValueNames = new Dictionary<string, IReadOnlyList<string>> { ["place"] = ["", "land", "water", "unknown"] },
    };
}
