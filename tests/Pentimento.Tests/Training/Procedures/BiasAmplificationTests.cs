using Pentimento.Evaluation;
using Pentimento.Training;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class BiasAmplificationTests
{
    [Fact]
    public void An_image_gets_logits_of_its_own_against_its_error()
    {
        using var scope = NewDisposeScope();
        var state = new BiasAmplification(Amplification: 2).FirstLoss(images: 3).Begin();
        double Of(long place) => state.Of([new(zeros(1, 2), tensor(new long[] { 1 }), null, tensor(new[] { place }))], 0).Value.item<float>();

        // Equal logits: the residual of class 1 is (1/2, -1/2), so the image's own become (-1, 1) and its loss ln(1 + e^-2).
        Assert.Equal(Math.Log(2), Of(2), 1e-6);
        Assert.Equal(Math.Log(1 + Math.Exp(-2)), Of(2), 1e-6);
        // Another image has none yet.
        Assert.Equal(Math.Log(2), Of(0), 1e-6);
        foreach (var buffer in state.Buffers) buffer.Dispose();
    }

    [Fact]
    public void Own_logits_keep_the_network_from_learning_what_most_images_do_not_show()
    {
        // Nine in ten have the label that their brightness says: of the others less is learned, the more they may add themselves.
        var set = TinyProblem.Separable(90);
        var contradicting = new Pentimento.Data.ImageSet(
            "some wrong", set.Pixels.ToArray(), [.. set.Labels.Select((label, at) => at % 10 == 0 ? (label + 1) % 3 : label)], [], set.Shape);
        double Fitted(double amplification)
        {
            using var network = TinyProblem.Network();
            var options = new TrainingOptions
            {
                Objective = new BiasAmplification(Amplification: amplification).FirstLoss(90), Optimizer = "adam:learning-rate=0.003", Epochs = 20,
                Batch = 30,
            };
            return Trainer.Train(network, options, new([contradicting]), TrainingLog.Empty, RunContext.OnCpu(1))[^1].Loss;
        }

        Assert.True(Fitted(1) < 0.7 * Fitted(0));
    }

    [Fact]
    public void Classes_differ_by_the_mean_over_their_pairs()
    {
        // 1, 1/2 and 0 right: differences 1/2, 1 and 1/2. The class without images does not count.
        var predictions = new Predictions("set", [0, 0, 1, 0, 0, 0], [0, 0, 1, 1, 2, 2], 4);

        Assert.Equal(2 / 3.0, predictions.ClassDifference, 1e-12);
        Assert.Equal(0, new Predictions("set", [0], [1], 2).ClassDifference);
    }
}
