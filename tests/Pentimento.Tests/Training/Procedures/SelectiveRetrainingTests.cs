using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Tests.Discovery;
using Pentimento.Training;
using Pentimento.Training.Procedures;

namespace Pentimento.Tests.Training.Procedures;

public sealed class SelectiveRetrainingTests
{
    [Fact]
    public void The_surer_half_of_each_class_is_kept_and_at_least_one_image()
    {
        float[] confidences = [0.1f, 0.9f, 0.5f, 0.4f, 0.3f, 0.2f, 0.01f];
        long[] labels = [0, 0, 0, 0, 1, 1, 2];

        Assert.Equal([1, 2, 4, 6], SelectiveRetraining.MostConfident(confidences, labels, 0.5));
        Assert.Equal([1, 4, 6], SelectiveRetraining.MostConfident(confidences, labels, 0.01));
    }

    [Fact]
    public void Rounds_leave_a_network_that_says_the_corner_of_images_that_contradict_it()
    {
        // An image in ten has another class's corner; bars in the middle say the class, but much less brightly than the corner.
        var bright = CornerReader.Images(600);
        byte[] pixels = [.. bright.Pixels.ToArray().Select((value, at) => at % bright.Shape.Size / 36 < 3 ? value : (byte)(value / 5))];
        var set = new ImageSet("dim bars", pixels, bright.Labels, [], bright.Shape);
        var options = new TrainingOptions { Epochs = 2, Batch = 20, Optimizer = "adam:learning-rate=0.002" };

        using var network = new SelectiveRetraining(0.2, 2, 0.5).Train(new Mlp("16"), options, set, TrainingLog.Empty, RunContext.OnCpu(1));

        var predicted = Predictor.Classes(network, set, RunContext.OnCpu());
        int[] contradicting = [.. Enumerable.Range(0, set.Count).Where(at => at / CornerReader.Classes % 10 == 0)];
        var followed = contradicting.Count(at => predicted[at] == (set.Labels[at] + 1) % CornerReader.Classes);
        // Most of them; where bars are as bright as corners it is 9 of 60.
        Assert.InRange(followed, (contradicting.Length / 2) + 1, contradicting.Length);
    }
}
