using Pentimento.Attacks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class BallTests
{
    [Fact]
    public void A_random_point_of_the_cube_is_anywhere_in_it()
    {
        using var scope = NewDisposeScope();

        var point = Ball.Around(full([1, 1, 10, 100], 0.02f), Norm.Linf, 0.1).RandomPoint(new(1));

        // From 0, where valid pixels end, to 0.12; a thousand uniform points come within a hundredth of both ends.
        Assert.InRange(point.min().item<float>(), 0f, 0.0012f);
        Assert.InRange(point.max().item<float>(), 0.1188f, 0.12f);
        Assert.InRange(point.mean().item<float>(), 0.057f, 0.063f);
    }

    [Fact]
    public void A_random_point_of_the_disc_is_anywhere_in_it()
    {
        using var scope = NewDisposeScope();

        var length = (Ball.Around(full([4000, 1, 1, 2], 0.5f), Norm.L2, 0.1).RandomPoint(new(1)) - 0.5).square().sum([1, 2, 3]).sqrt();

        // Half of a disc's area lies within its radius divided by the square root of 2.
        Assert.InRange(length.lt(0.1 / Math.Sqrt(2)).to_type(float32).mean().item<float>(), 0.48f, 0.52f);
        Assert.InRange(length.max().item<float>(), 0.099f, 0.1f);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(8 / 255.0)]
    [InlineData(0.3)]
    public void The_corners_are_inside_to_the_last_bit(double radius)
    {
        using var scope = NewDisposeScope();
        var images = (arange(256, float32) / 255f).view(256, 1, 1, 1);

        var ball = Ball.Around(images, Norm.Linf, radius);

        foreach (var corner in new[] { ball.Low, ball.High })
        {
            var change = (corner.to_type(float64) - images.to_type(float64)).abs();
            Assert.True(change.le(radius).all().item<bool>());
            Assert.All((corner - images).abs().data<float>().ToArray(), rounded => Assert.True(rounded <= radius));
            // As near to the radius as float32 comes, or at the end of the valid pixels.
            Assert.True(change.gt(radius - 1.2e-7).logical_or(corner.eq(0)).logical_or(corner.eq(1)).all().item<bool>());
        }
    }

    [Fact]
    public void A_radius_that_float32_holds_is_reached_exactly()
    {
        using var scope = NewDisposeScope();
        var ball = Ball.Around(full([1, 1, 1, 1], 0.5f), Norm.Linf, 0.25);

        Assert.Equal((0.25f, 0.75f), (ball.Low.item<float>(), ball.High.item<float>()));
    }

    [Fact]
    public void The_nearest_point_of_the_sphere_lies_on_the_line_to_the_center()
    {
        using var scope = NewDisposeScope();
        var images = full([1, 1, 1, 2], 0.5f);
        var ball = Ball.Around(images, Norm.L2, 0.1);

        var projected = ball.Project(images + tensor(new[] { 0.3f, 0.4f }).view(1, 1, 1, 2));

        Assert.True(projected.flatten().allclose(tensor(new[] { 0.56f, 0.58f }), atol: 1e-6));
        Assert.True(ball.Project(images + 0.01f).equal(images + 0.01f).all().item<bool>());
    }

    [Fact]
    public void What_is_projected_onto_the_sphere_is_inside_however_its_squares_are_summed()
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(2).On(CPU);
        var images = full([500, 1, 4, 4], 0.5f);

        var projected = Ball.Around(images, Norm.L2, 0.1).Project(images + randn(images.shape, generator: dice));

        var length = (projected.to_type(float64) - images.to_type(float64)).square().sum([1, 2, 3]).sqrt();
        Assert.InRange(length.max().item<double>(), 0.0999, 0.1);
    }

    [Fact]
    public void Even_the_faintest_gradient_has_a_direction()
    {
        using var scope = NewDisposeScope();
        var gradient = tensor(new[] { 3e-30f, -4e-30f, 0f, 0f }).view(2, 1, 1, 2);

        var direction = Ball.Around(zeros_like(gradient), Norm.L2, 1).Steepest(gradient);

        Assert.True(direction.flatten().allclose(tensor(new[] { 0.6f, -0.8f, 0f, 0f }), atol: 1e-6));
    }
}
