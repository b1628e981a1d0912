using Pentimento.Attacks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class DeepFoolTests
{
    [Theory]
    // Logits (s, -s) of s = 0.6 a + 0.8 b - 0.6, which is 0.5 at (0.7, 0.85): the plane is 0.5 away along (0.6, 0.8),
    [InlineData(Norm.L2, 0.3f, 0.4f)]
    // and the cube that touches it has half a side of 0.5 / (0.6 + 0.8).
    [InlineData(Norm.Linf, 0.357143f, 0.357143f)]
    internal void On_a_linear_victim_one_step_ends_just_beyond_the_plane(Norm norm, float first, float second)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Plane();
        var images = tensor(new[] { 0.7f, 0.85f }).view(1, 1, 1, 2);

        var change =
            new DeepFool(Steps: 1, Norm: norm).Perturb(victim, images, BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu()) - images;

        Assert.True(change.flatten().allclose(-1.02 * tensor(new[] { first, second }), atol: 2e-4));
    }

    [Fact]
    public void Of_several_borders_it_takes_the_nearest()
    {
        // Logits (0, a - 0.9, b - 0.6): from (0.5, 0.5) the third class is 0.1 away, the second 0.4.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Victim(2, 3, x => cat([zeros(x.shape[0], 1), x.flatten(1) - tensor(new[] { 0.9f, 0.6f })], 1));
        var images = full([1, 1, 1, 2], 0.5f);

        var away = new DeepFool().Perturb(victim, images, BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu());
        var toward = new DeepFool().Perturb(victim, images, BatchCriterion.At(ones(1, int64)), RunContext.OnCpu());

        Assert.True(away.flatten().allclose(tensor(new[] { 0.5f, 0.602f }), atol: 2e-4));
        Assert.True(toward.flatten().allclose(tensor(new[] { 0.908f, 0.5f }), atol: 2e-4));
    }

    [Fact]
    public void A_pixel_at_the_end_of_its_range_leaves_the_way_to_the_others()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Victim(2, 2, x =>
            cat([x.flatten(1).select(1, 0).unsqueeze(1) - x.flatten(1).select(1, 1).unsqueeze(1), zeros(x.shape[0], 1) + 0.5], 1));
        // Logits (a - b, 0.5): from (0.8, 0) the margin is 0.3; b rises and a falls by 0.15 each. From (0, 0) to class 0 only a can rise, by 0.5.
        var images = tensor(new[] { 0.8f, 0f, 0f, 0f }).view(2, 1, 1, 2);
        var perturbed = new DeepFool(Steps: 1).Perturb(victim, images, BatchCriterion.AwayFrom(tensor(new long[] { 0, 1 })), RunContext.OnCpu());

        Assert.True(perturbed.flatten().allclose(tensor(new[] { 0.647f, 0.153f, 0.51f, 0f }), atol: 3e-4));
    }
}
