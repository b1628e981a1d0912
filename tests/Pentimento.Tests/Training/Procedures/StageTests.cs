using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

/// <summary>What the stages of procedures hand on, worked out by hand.</summary>
public sealed class StageTests
{
    private static readonly ImageSet Five = new("five", new byte[5], [0, 0, 0, 1, 1], [5, 5, 6, 6, 6], new(1, 1, 1));

    [Fact]
    public void Just_train_twice_shows_errors_more_often()
    {
        Assert.Equal([1, 20, 1, 20, 1], JustTrainTwice.Weights([0, 1, 0, 0, 1], Five, 20));
        Assert.Contains("every image of five right", Assert.Throws<BadInputException>(() => JustTrainTwice.Weights(Five.Labels, Five, 20)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_are_balanced_by_their_sizes() => Assert.Equal([1 / 2.0, 1 / 2.0, 1, 1 / 2.0, 1 / 2.0], GroupBalanced.Weights(Five, "colors"));

    [Fact]
    public void Environments_are_farthest_from_invariant_where_gradients_of_one_sign_are_together()
    {
        // (sum of first)² + (sum of second)² is largest where no gradient cancels another.
        float[] gradients = [3, -1, 2, -5, 0.5f];

        var shares = new EnvironmentInference(Steps: 2000, LearningRate: 0.1).Infer(gradients, RunContext.OnCpu(1));

        var together = shares[0] > 0.5;
        Assert.Equal([together, !together, together, !together, together], shares.Select(share => share > 0.5));
        var environments = EnvironmentInference.Split(Five, shares);
        Assert.Equal(5, environments.Count);
        Assert.Contains("no environments to find", Assert.Throws<BadInputException>(() => EnvironmentInference.Split(Five, [1, 1, 1, 1, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_step_of_inference_follows_the_penaltys_gradient()
    {
        // Adam's first step is the learning rate, uphill: the log-odds of the image on the larger side's sign rise.
        float[] gradients = [1, 1];
        var start = new EnvironmentInference(Steps: 1, LearningRate: 1e-9).Infer(gradients, RunContext.OnCpu(3));
        var moved = new EnvironmentInference(Steps: 1, LearningRate: 1e-1).Infer(gradients, RunContext.OnCpu(3));

        var uphill = Math.Sign(start.Sum() - (2 - start.Sum()));
        for (var at = 0; at < 2; at++) Assert.Equal(uphill * 0.1, Odds(moved[at]) - Odds(start[at]), 1e-3);

        static double Odds(double share) => Math.Log(share / (1 - share));
    }

    [Fact]
    public void Learning_from_failure_weighs_as_its_authors_do()
    {
        using var scope = NewDisposeScope();
        var state = new RelativeDifficulty(0.7, 0.7, 3).Begin();
        long[] labels = [0, 1, 0];
        // Worked out image by image in plain Python, after the authors' moving averages: images 0 and 2 are of one class.
        var expected = new[] { 1.0273528880793343, 1.0962779845886703, 1.2170643955077332 };
        long[][] batches = [[0, 1], [2, 0], [1, 2]];

        for (var step = 0; step < 3; step++)
        {
            double Logit(long image, int column) => Math.Sin(1 + (0.9 * image) + (1.7 * (column % 2)) + (0.8 * step) + (2.3 * (column / 2))) * 2;
            var logits = tensor(batches[step].SelectMany(image => Enumerable.Range(0, 4).Select(column => (float)Logit(image, column))).ToArray()).view(2, 4);
            var answers = new Answers(logits, tensor(Array.ConvertAll(batches[step], image => labels[image])), places: tensor(batches[step]));
            Assert.Equal(expected[step], state.Of([answers], step).Value.item<float>(), 1e-5);
        }
    }

    [Fact]
    public void Bias_is_added_in_training_only_and_learns_nothing()
    {
        using var scope = NewDisposeScope();
        using var network = new Cnn3(Dropout: 0).Build(TinyProblem.Shape, 3, new(1));
        using var bias = new Cnn3(Dropout: 0).Build(TinyProblem.Shape, 2, new(2));
        var (images, _) = TinyProblem.Batch();
        var together = BiasAdditive.Added(network, bias);

        Assert.True(together.call(images).allclose(network.call(images)));
        together.train();
        var answered = together.call(images);
        Assert.True(answered.allclose(network.Close(network.Head(images, "fc1") + bias.Head(images, "fc1"))));
        answered.sum().backward();

        Assert.All(bias.parameters(), parameter => Assert.True(parameter.grad is null));
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void A_shortcuts_prior_is_how_often_classes_are_dealt_with_its_answer()
    {
        // Answer 0 comes with 7 images of class 0 and 1 of class 1, answer 1 with 3 of class 1; one more is counted of each.
        long[] labels = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
        long[] answers = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1];

        var (asTheyAre, half, even) = (new ShortcutPrior(0).Prior(labels, answers, 2), new ShortcutPrior(0.5).Prior(labels, answers, 2), new ShortcutPrior(1).Prior(labels, answers, 2));

        Assert.Equal([0.8, 0.2, 0.2, 0.8], Shares(asTheyAre), Close);
        // The square roots of 8 and 2, and of 1 and 4, are as 2 to 1 and 1 to 2.
        Assert.Equal([2 / 3.0, 1 / 3.0, 1 / 3.0, 2 / 3.0], Shares(half), Close);
        Assert.Equal([0.5, 0.5, 0.5, 0.5], Shares(even), Close);

        static IEnumerable<double> Shares(float[,] prior) => prior.Cast<float>().Select(log => Math.Exp(log));
        static bool Close(double one, double other) => Math.Abs(one - other) < 1e-6;
    }

    [Fact]
    public void With_a_shortcuts_prior_the_other_clue_is_learned()
    {
        // The left pixel is the class in nine of ten images and bright, the right one is always the class and faint; every second image asked contradicts the left one.
        var dice = new Dice(new(3));
        var (plain, repaired) = (Contradicted(new SingleStage()), Contradicted(new ShortcutPrior(0) { ReferenceEpochs = 4 }));

        Assert.True(repaired > plain + 0.2, $"{repaired} against {plain}");

        double Contradicted(Procedure procedure)
        {
            using var scope = NewDisposeScope();
            using var network = procedure.Train(new Cnn3(Dropout: 0), new Course { Epochs = 8, Batch = 50 }, new([Clues(1000, 0.9)]), Logbook.Empty, RunContext.OnCpu(1)).Network;
            return Pentimento.Evaluation.SetAccuracy.Of(network, Clues(200, 0), RunContext.OnCpu()).Accuracy;
        }

        ImageSet Clues(int count, double aligned)
        {
            var labels = Enumerable.Range(0, count).Select(at => (long)(at % 2)).ToArray();
            var half = TinyProblem.Shape.Size / 2;
            var pixels = labels.SelectMany(label =>
            {
                var (strong, faint) = ((label == 1) == (dice.Uniform() < aligned) ? 60 : -60, label == 1 ? 8 : -8);
                return Enumerable.Range(0, 2 * half).Select(at => (byte)(128 + (at < half ? strong : faint) + dice.Below(5)));
            }).ToArray();
            return new("clues", pixels, labels, [], TinyProblem.Shape);
        }
    }

    [Fact]
    public void Sparse_regression_is_scikit_learns()
    {
        using var scope = NewDisposeScope();
        var features = tensor(Enumerable.Range(0, 36).Select(at => (float)((Math.Sin(1 + (0.7 * (at / 3)) + (1.3 * (at % 3))) * (1 + (at % 3))) + 0.5)).ToArray()).view(12, 3);
        var labels = tensor(new long[] { 0, 2, 2, 0, 1, 0, 0, 0, 1, 0, 2, 2 });
        var shares = tensor(Enumerable.Range(0, 12).Select(at => (1f + (at % 3)) / 24).ToArray());

        var (weight, bias) = new SparseRegression(3).Fit(features, labels, shares, 0.02);

        // LogisticRegression(penalty="l1", C=50, solver="saga", tol=1e-12) of scikit-learn 1.2 on the standardised features, put back.
        Assert.True(weight.allclose(tensor(new[] { -0.35786426f, 0, 0.05533705f, 0, 0, 0, 0, 0, -2.56194625f }).view(3, 3), 5e-3, 1e-3));
        Assert.True((bias - bias.mean()).allclose(tensor(new[] { 1.33744843f, 0.70479228f, -2.04224071f }), 5e-3, 1e-3));
    }

    [Fact]
    public void What_a_procedure_must_be_told_includes_what_its_objective_must() =>
        Assert.Equal(
            (Knowledge.Environments, Knowledge.Nothing, Knowledge.Colors),
            (new SingleStage().Needs(new InvariantRisk()), new EnvironmentInference().Needs(new InvariantRisk()), new GroupBalanced().Needs(new EmpiricalRisk())));
}
