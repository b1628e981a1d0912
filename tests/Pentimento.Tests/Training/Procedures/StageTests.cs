using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

/// <summary>Inputs of the second stages of procedures, worked out by hand.</summary>
public sealed class StageTests
{
    private static readonly ImageSet Five = new("five", new byte[5], [0, 0, 0, 1, 1], [5, 5, 6, 6, 6], new(1, 1, 1));

    [Fact]
    public void Just_train_twice_samples_errors_more_often()
    {
        Assert.Equal([1, 20, 1, 20, 1], JustTrainTwice.Weights([0, 1, 0, 0, 1], Five, 20));
        Assert.Contains(
            "every image of five correctly",
            Assert.Throws<BadInputException>(() => JustTrainTwice.Weights(Five.Labels, Five, 20)).Message,
            StringComparison.Ordinal);
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
        Assert.Contains(
            "no environments to find",
            Assert.Throws<BadInputException>(() => EnvironmentInference.Split(Five, [1, 1, 1, 1, 1])).Message,
            StringComparison.Ordinal);
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
    public void Learning_from_failure_weights_images_as_its_authors_do()
    {
        using var scope = NewDisposeScope();
        var state = new LearningFromFailure(0.7, 0.7).JointLoss(3).Begin();
        long[] labels = [0, 1, 0];
        // Worked out image by image in plain Python, after the authors' moving averages: images 0 and 2 are of one class.
        var expected = new[] { 1.0273528880793343, 1.0962779845886703, 1.2170643955077332 };
        long[][] batches = [[0, 1], [2, 0], [1, 2]];

        for (var step = 0; step < 3; step++)
        {
            double Logit(long image, int column) => Math.Sin(1 + (0.9 * image) + (1.7 * (column % 2)) + (0.8 * step) + (2.3 * (column / 2))) * 2;
            var logits = tensor(batches[step].SelectMany(image => Enumerable.Range(0, 4).Select(column => (float)Logit(image, column))).ToArray())
                .view(2, 4);
            var batch = tensor(Array.ConvertAll(batches[step], image => labels[image]));
            var output = new EnvironmentOutput(logits, batch, places: tensor(batches[step]));
            Assert.Equal(expected[step], state.Of([output], step).Value.item<float>(), 1e-5);
        }
    }

    [Fact]
    public void Learning_from_failure_keeps_seven_tenths_of_an_images_past_divided_by_the_largest_of_its_class()
    {
        using var scope = NewDisposeScope();
        var state = new LearningFromFailure(0.7, 0.7).JointLoss(2).Begin();
        // Two classes, image 0 of class 0 and image 1 of class 1, so that an image is the largest of its class, its share is 1 and its
        // weight a half, whatever its loss.
        Assert.Equal((0.5 * (L(1) + L(2)) / 2) + ((G(3) + G(4)) / 2), Loss([0, 1], d: [1, 2], b: [3, 4]), 1e-5);

        // Both of class 0: the averages are what was seen first, the shares of the largest 2 and 4 are 1/2 and 1 against 1 and 1/4.
        state = new LearningFromFailure(0.7, 0.7).JointLoss(2).Begin();
        Assert.Equal(((L(1) * 1 / 1.5) + (L(2) * 0.25 / 1.25) + G(4) + G(1)) / 2, Loss([0, 0], d: [1, 2], b: [4, 1]), 1e-5);
        // Then 0.7 of them and 0.3 of what is seen now: 0.7 + 0.3 * 3 = 1.6 and 1.4 + 0.3 = 1.7 of the debiased network, 2.8 + 0.6 = 3.4
        // and 0.7 + 0.9 = 1.6 of the biased one.
        var (first, second) = (1 / (1 + (1.6 / 1.7)), 1.6 / 3.4 / ((1.6 / 3.4) + 1));
        Assert.Equal(((first * L(3)) + (second * L(1)) + G(2) + G(3)) / 2, Loss([0, 0], d: [3, 1], b: [2, 3]), 1e-5);

        // A cross-entropy of x nats, and the generalized one of the same prediction, whose probability is exp(-x).
        static double L(double x) => x;
        static double G(double x) => (1 - Math.Exp(-0.7 * x)) / 0.7;

        double Loss(long[] labels, double[] d, double[] b)
        {
            // The logit by which the right one of two classes leads for a cross-entropy of x nats: ln(1 / (exp(x) - 1)).
            float Logit(double x, long label, int column) => column == label ? (float)-Math.Log(Math.Exp(x) - 1) : 0;
            var logits = labels
                .SelectMany((label, at) => new[] { Logit(d[at], label, 0), Logit(d[at], label, 1), Logit(b[at], label, 0), Logit(b[at], label, 1) })
                .ToArray();
            return state.Of([new(tensor(logits).view(2, 4), tensor(labels), places: tensor(new long[] { 0, 1 }))], 0).Value.item<float>();
        }
    }

    [Fact]
    public void Bias_features_are_added_in_training_only_and_get_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var network = new Cnn3(Dropout: 0).Build(TinyProblem.Shape, 3, new(1));
        using var bias = new Cnn3(Dropout: 0).Build(TinyProblem.Shape, 2, new(2));
        var (images, _) = TinyProblem.Batch();
        var together = BiasAdditive.Added(network, bias);

        Assert.True(together.call(images).allclose(network.call(images)));
        together.train();
        var answered = together.call(images);
        var (own, added) = (network.Head(images, "fc1"), bias.Head(images, "fc1"));
        Assert.True(answered.allclose(network.Close(own + (added * own.pow(2).sum(1).sqrt().mean() / added.pow(2).sum(1).sqrt().mean()))));
        answered.sum().backward();

        Assert.All(bias.parameters(), parameter => Assert.True(parameter.grad is null));
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Added_features_go_through_the_networks_own_last_layer()
    {
        using var scope = NewDisposeScope();
        // One hidden unit that reads one pixel, 0.5 or 1: features 2 * 0.5 = 1 and 2 * 1 = 2, of mean length 1.5, and 6 * 0.5 + 3 = 6 and
        // 9, of mean length 7.5, which are
        // added as a fifth of themselves: 1 + 1.2 and 2 + 1.8. The logits are those of the sums by the network's own weights (1, -1) and
        // biases (0, 0.5).
        using var network = OneUnit(2, 0, [1, -1], [0, 0.5f]);
        using var bias = OneUnit(6, 3, [7, 7], [9, 9]);
        var together = BiasAdditive.Added(network, bias);
        together.train();

        Assert.True(together.call(tensor(new[] { 0.5f, 1 }).view(2, 1, 1, 1)).allclose(tensor(new[] { 2.2f, -1.7f, 3.8f, -3.3f }).view(2, 2)));

        static Classifier OneUnit(float hidden, float start, float[] weight, float[] offset)
        {
            var (first, last) = (nn.Linear(1, 1), nn.Linear(1, 2));
            using var noGrad = no_grad();
            first.weight.fill_(hidden);
            first.bias!.fill_(start);
            last.weight.copy_(tensor(weight).view(2, 1));
            last.bias!.copy_(tensor(offset));
            return new(
                new Mlp(),
                new(1, 1, 1),
                2,
                [
                    new("fc1", LayerKind.Other, (x, _) => first.call(x.flatten(1)), first, Maps: false),
                    new("fc2", LayerKind.Other, (x, _) => last.call(x), last, Maps: false),
                ]);
        }
    }

    [Fact]
    public void The_last_layer_alone_is_fine_tuned_on_the_networks_own_features()
    {
        using var scope = NewDisposeScope();
        using var network = new Cnn3().Build(TinyProblem.Shape, 3, new(1));
        var before = Weights.Of(network).ToDictionary(pair => pair.Key, pair => (float[])((float[])pair.Value.Data).Clone());

        var history = BiasAdditive.TrainLast(
            network,
            new TrainingOptions { Epochs = 2, Batch = 30 },
            new([TinyProblem.Separable(90)]),
            TrainingLog.Empty,
            RunContext.OnCpu(1));

        var changed = Weights
            .Of(network)
            .Where(pair => !before[pair.Key].SequenceEqual((float[])pair.Value.Data))
            .Select(pair => pair.Key)
            .Order(StringComparer.Ordinal);
        Assert.Equal(["fc2.bias", "fc2.weight"], changed);
        Assert.Equal(2, history.Count);
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_shortcuts_prior_is_the_share_of_classes_sampled_with_its_prediction()
    {
        // Prediction 0 comes with 7 images of class 0 and 1 of class 1, prediction 1 with 3 of class 1; one more is counted of each.
        long[] labels = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
        long[] predictions = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1];

        var (asTheyAre, half, even) = (
            new ShortcutPrior(0).Prior(labels, predictions, 2),
            new ShortcutPrior(0.5).Prior(labels, predictions, 2),
            new ShortcutPrior(1).Prior(labels, predictions, 2));

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
        // The left pixel is the class in nine of ten images and bright, the right one is always the class and
        // faint; the accuracy is measured on bias-conflicting images.
        var random = new SplitMix64(new(3));
        var (plain, repaired) = (Conflicting(new SingleStage()), Conflicting(new ShortcutPrior(0) { ReferenceEpochs = 4 }));

        Assert.True(repaired > plain + 0.2, $"{repaired} against {plain}");

        double Conflicting(Procedure procedure)
        {
            using var scope = NewDisposeScope();
            var (options, images) = (new TrainingOptions { Epochs = 8, Batch = 50 }, Clues(1000, 0.9));
            using var network = procedure.Train(new Cnn3(Dropout: 0), options, new([images]), TrainingLog.Empty, RunContext.OnCpu(1)).Network;
            return Pentimento.Evaluation.SetAccuracy.Of(network, Clues(200, 0), RunContext.OnCpu()).Accuracy;
        }

        ImageSet Clues(int count, double aligned)
        {
            var labels = Enumerable.Range(0, count).Select(at => (long)(at % 2)).ToArray();
            var half = TinyProblem.Shape.Size / 2;
            var pixels = labels.SelectMany(label =>
            {
                var (strong, faint) = ((label == 1) == (random.Uniform() < aligned) ? 60 : -60, label == 1 ? 8 : -8);
                return Enumerable.Range(0, 2 * half).Select(at => (byte)(128 + (at < half ? strong : faint) + random.Below(5)));
            }).ToArray();
            return new("clues", pixels, labels, [], TinyProblem.Shape);
        }
    }

    [Fact]
    public void Sparse_regression_is_scikit_learns()
    {
        using var scope = NewDisposeScope();
        var features = tensor(
                Enumerable.Range(0, 36).Select(at => (float)((Math.Sin(1 + (0.7 * (at / 3)) + (1.3 * (at % 3))) * (1 + (at % 3))) + 0.5)).ToArray())
            .view(12, 3);
        var labels = tensor(new long[] { 0, 2, 2, 0, 1, 0, 0, 0, 1, 0, 2, 2 });
        var shares = tensor(Enumerable.Range(0, 12).Select(at => (1f + (at % 3)) / 24).ToArray());

        var (weight, bias) = new SparseRegression(3).Fit(features, labels, shares, 0.02);

        // LogisticRegression(penalty="l1", C=50, solver="saga", tol=1e-12) of scikit-learn 1.2 on the standardised features, put back.
        Assert.True(weight.allclose(tensor(new[] { -0.35786426f, 0, 0.05533705f, 0, 0, 0, 0, 0, -2.56194625f }).view(3, 3), 5e-3, 1e-3));
        Assert.True((bias - bias.mean()).allclose(tensor(new[] { 1.33744843f, 0.70479228f, -2.04224071f }), 5e-3, 1e-3));
    }

    [Fact]
    public void The_supervision_of_a_procedure_includes_that_of_its_objective() =>
        Assert.Equal(
            (Supervision.Environments, Supervision.Nothing, Supervision.Colors),
            (
                new SingleStage().RequiredSupervision(new InvariantRisk()),
                new EnvironmentInference().RequiredSupervision(new InvariantRisk()),
                new GroupBalanced().RequiredSupervision(new EmpiricalRisk())));
}
