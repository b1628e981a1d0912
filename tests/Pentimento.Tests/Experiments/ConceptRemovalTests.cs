using Pentimento.Experiments;
using static TorchSharp.torch;

namespace Pentimento.Tests.Experiments;

public sealed class ConceptRemovalTests
{
    [Fact]
    public void Scores_are_cut_where_they_sag_furthest_below_the_chord()
    {
        // Three high ones, then a slow decline: smoothed over five, the curve sags most where the window has left the high ones.
        double[] scores = [10, 9.8, 9.6, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];
        double[] smooth = [.. Enumerable.Range(0, 8).Select(at => scores[at..(at + 5)].Average())];
        var sag = Enumerable.Range(0, 8).MaxBy(at => smooth[0] + ((smooth[7] - smooth[0]) * at / 7) - smooth[at]);

        Assert.Equal(sag + 3, ConceptRemoval.Cut(scores));
        Assert.Equal(3, sag);
        Assert.Equal((0, 1, 3), (ConceptRemoval.Cut([]), ConceptRemoval.Cut([2]), ConceptRemoval.Cut([5, 4, 3, 2, 1])));
    }

    [Fact]
    public void Concepts_are_chosen_whose_product_with_a_class_is_far_above_the_least()
    {
        using var scope = NewDisposeScope();
        // Class 0 reads the first number, class 1 the second; the third is alike in both and never chosen.
        var weight = tensor(new float[] { 3, 0, 1, 0, 2, 1 }).view(2, 3);
        var embeddings = eye(3);

        // In fewer than six scores the first three are taken, of those above 0: here one a class.
        Assert.Equal([0, 1], ConceptRemoval.Chosen(weight, embeddings));
    }
}
