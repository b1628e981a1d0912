using Pentimento.Lab.Queries;

namespace Pentimento.Tests.Lab;

/// <summary>Confident learning on probabilities that can be checked by hand.</summary>
public sealed class LabelMistakeTests
{
    [Fact]
    public void A_label_is_doubted_where_another_class_is_as_sure_as_its_own_images_are()
    {
        // Of class 0 the network is sure with 0.6 in the mean (0.9, 0.8, 0.1), of class 1 with 0.7 (0.8, 0.6).
        float[] shares = [0.9f, 0.1f, 0.8f, 0.2f, 0.1f, 0.9f, 0.2f, 0.8f, 0.4f, 0.6f];

        Assert.Equal([-1, -1, 1, -1, -1], LabelMistakes.Of(shares, [0, 0, 0, 1, 1], 2));
    }

    [Fact]
    public void A_class_without_images_is_nobodys_other_class() =>
        Assert.Equal([1, 0], LabelMistakes.Of([0.1f, 0.2f, 0.7f, 0.3f, 0.1f, 0.6f], [0, 1], 3));
}
