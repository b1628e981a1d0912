using Pentimento.Attacks;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class CarliniWagnerLinfTests
{
    [Fact]
    public void Before_a_plane_it_finds_the_smallest_cube_that_touches_it()
    {
        // s = 0.6 a + 0.8 b - 0.6 is 0.5 at (0.7, 0.85): both pixels must fall by 0.5 / 1.4.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Plane();
        var images = tensor(new[] { 0.7f, 0.85f }).view(1, 1, 1, 2);

        var size = (new CarliniWagnerLinf().Perturb(victim, images, BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu()) - images)
            .abs()
            .max()
            .item<float>();

        // A threshold of nine tenths of the last success may be too low already, hence the tenth.
        Assert.InRange(size, 0.5f / 1.4f, 0.5f / 1.4f / 0.9f);
    }

    [Fact]
    public void Progress_ends_when_the_last_image_has_been_given_up()
    {
        using var scope = NewDisposeScope();
        using var heard = new Heard();
        using var victim = TinyProblem.Plane();

        new CarliniWagnerLinf(Steps: 20, Constant: 1, LargestConstant: 1, Decay: 0.5).Perturb(
            victim, tensor(new[] { 0.7f, 0.85f, 0f, 0f }).view(2, 1, 1, 2), BatchCriterion.AwayFrom(zeros(2, int64)), heard.Run());

        // The second image is fooled as it is.
        Assert.Equal((1, 2), (heard.Ticks[0].Done, heard.Ticks[0].Total));
        Assert.Equal((2, 2), (heard.Ticks[^1].Done, heard.Ticks[^1].Total));
    }

    [Fact]
    public void It_fools_every_image_of_a_real_network_by_less_than_deepfool()
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var set = Oracle.Images.First(16);

        var ours = Sizes(new CarliniWagnerLinf(Steps: 100, Constant: 0.1));
        var theirs = Sizes(new DeepFool(Norm: Norm.Linf));

        Assert.True(ours.Average() < 0.9 * theirs.Average(), $"{ours.Average()} against {theirs.Average()}");

        float[] Sizes(Attack attack)
        {
            var perturbed = attack.PerturbSet(victim, set, Criterion.Any, RunContext.OnCpu());
            var outcome = AttackOutcome.Of(victim, set, perturbed, Criterion.Any, RunContext.OnCpu());
            Assert.Equal(outcome.Counts, outcome.Fooled);
            return [.. (perturbed - Pixels.Slice(set.Tensor(), 0, set.Count)).abs().amax([1, 2, 3]).data<float>()];
        }
    }
}
