using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class DiversePrototypesTests
{
    [Fact]
    public void A_subset_has_as_many_images_of_each_group_as_the_smallest_and_never_fewer_than_twenty()
    {
        (long, long)[] large = [.. Enumerable.Range(0, 200).Select(at => (at < 30 ? 0L : 1L, 0L))];
        (long, long)[] small = [.. Enumerable.Range(0, 100).Select(at => (at < 3 ? 0L : 1L, 0L))];

        var (one, other) = (DiversePrototypes.Subset(large, new(1)), DiversePrototypes.Subset(small, new(1)));

        Assert.Equal((30, 30, 60), (one.Count(at => at < 30), one.Count(at => at >= 30), one.Distinct().Count()));
        Assert.Equal((20, 20), (other.Count(at => at < 3), other.Where(at => at >= 3).Distinct().Count()));
        Assert.NotEqual(one, DiversePrototypes.Subset(large, new(2)));
    }

    [Fact]
    public void Likeness_is_the_mean_over_classes_of_absolute_products()
    {
        using var scope = NewDisposeScope();
        // Class 0: products 1 and -2 with two earlier ones; class 1: 0 and 4. Two earlier ones and the new are three.
        var prototypes = tensor(new float[] { 1, 0, 0, 2 }).view(2, 2);
        var earlier = tensor(new float[] { 1, 5, -2, 5, 3, 0, 5, 2 }).view(2, 2, 2);

        Assert.Equal(((1 + 2 + 0 + 4) / 2.0) / 3, DiversePrototypes.MeanProduct(prototypes, earlier).item<float>(), 1e-6);
    }

    [Fact]
    public void One_classifier_folds_into_a_linear_layer_that_ranks_classes_alike()
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(4).On(CPU);
        var ensemble = new PrototypeEnsemble(randn(1, 5, 7, float32, CPU, generator: dice), full(1, 1.5f));
        var features = (3 * randn(50, 7, float32, CPU, generator: dice)) + 2;

        var folded = features.mm(ensemble.Folded(features).t());

        long[] Order(Tensor outputs) => outputs.argsort(1).flatten().data<long>().ToArray();
        Assert.Equal(Order(ensemble.Probabilities(features)), Order(folded));
    }

    [Fact]
    public void Classifiers_are_right_of_clusters_and_less_alike_where_likeness_weighs()
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(5).On(CPU);
        long[] labels = [.. Enumerable.Range(0, 90).Select(at => (long)(at % 3))];
        var middles = 4 * eye(3, 12).index_select(0, tensor(labels));
        var features = middles + randn(90, 12, float32, CPU, generator: dice);
        (long, long)[] groups = Array.ConvertAll(labels, label => (label, 0L));
        PrototypeEnsemble Fitted(double similarity) =>
            new DiversePrototypes(Heads: 3, Similarity: similarity, HeadEpochs: 60).Fit(features, labels, groups, 3, RunContext.OnCpu(1));

        var (free, apart) = (Fitted(0), Fitted(50));

        Assert.InRange(free.Probabilities(features).argmax(1).eq(tensor(labels)).to_type(float32).mean().item<float>(), 0.95, 1);
        Assert.InRange(features.mm(free.Folded(features).t()).argmax(1).eq(tensor(labels)).to_type(float32).mean().item<float>(), 0.95, 1);
        double Likeness(PrototypeEnsemble of) =>
            DiversePrototypes.MeanProduct(of.Prototypes[2], of.Prototypes.slice(0, 0, 2, 1).transpose(0, 1)).item<float>();
        Assert.True(Likeness(apart) < 0.8 * Likeness(free));
    }
}
