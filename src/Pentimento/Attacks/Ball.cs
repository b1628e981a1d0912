using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The ball of an attack: the valid images within a radius of the originals.</summary>
internal sealed class Ball
{
    // Sums of squares are rounded: a length that is exact but for this much is inside in whatever order it is summed.
    private const double Rounding = 1e-6;

    private readonly Norm norm;
    private readonly double radius;
    private readonly Tensor center;

    private Ball(Tensor center, Tensor low, Tensor high, Norm norm, double radius) =>
        (this.center, Low, High, this.norm, this.radius) = (center, low, high, norm, radius);

    /// <summary>The lowest values that can be reached.</summary>
    public Tensor Low { get; }

    /// <summary>The highest values that can be reached.</summary>
    public Tensor High { get; }

    /// <summary>The ball around images, inside to the last bit: no difference exceeds the radius, computed exactly or in float32.</summary>
    /// <param name="images">float32 (B, C, H, W) in [0, 1]; must outlive the ball.</param>
    /// <param name="norm">What the radius bounds.</param>
    /// <param name="radius">ε, in pixels of [0, 1].</param>
    public static Ball Around(Tensor images, Norm norm, double radius)
    {
        using var scope = NewDisposeScope();
        var exact = images.to_type(float64);
        var reach = RoundedDown(radius);
        var (lowest, highest) = ((exact - reach).clamp(min: 0), (exact + reach).clamp(max: 1));
        var (low, high) = (lowest.to_type(float32), highest.to_type(float32));
        // What was rounded outwards takes the neighbour further in.
        low = where(low.to_type(float64).lt(lowest), low.nextafter(images), low).MoveToOuterDisposeScope();
        high = where(high.to_type(float64).gt(highest), high.nextafter(images), high).MoveToOuterDisposeScope();
        return new(images, low, high, norm, radius);
    }

    /// <summary>Projects points onto the ball; the result belongs to the caller's scope.</summary>
    public Tensor Project(Tensor points)
    {
        using var scope = NewDisposeScope();
        if (norm == Norm.Linf) return points.clamp(Low, High).MoveToOuterDisposeScope();
        var change = points - center;
        var scale = (radius * (1 - Rounding) / Length(change)).clamp(max: 1);
        return (center + (change * scale)).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Uniform samples of the ball.</summary>
    public Tensor RandomPoint(Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.On(center.device);
        if (norm == Norm.Linf)
            return (Low + ((High - Low) * rand(Low.shape, float32, Low.device, generator: generator))).clamp(Low, High).MoveToOuterDisposeScope();
        var direction = randn(center.shape, float32, center.device, generator: generator);
        // The volume within r grows with r^d.
        var share = rand([center.shape[0], 1, 1, 1], float32, center.device, generator: generator).pow(1.0 / (center.numel() / center.shape[0]));
        return Project(center + (direction * share * radius / Length(direction))).MoveToOuterDisposeScope();
    }

    /// <summary>The direction of steepest ascent, of norm 1; 0 where the gradient is 0.</summary>
    public Tensor Steepest(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        if (norm == Norm.Linf) return gradient.sign().MoveToOuterDisposeScope();
        // Confident predictions have gradients whose squares are no float32: the largest value becomes 1 first.
        var scaled = gradient / gradient.abs().amax([1, 2, 3], keepdim: true).clamp(min: 1e-37);
        return (scaled / Length(scaled)).MoveToOuterDisposeScope();
    }

    /// <summary>The same ball around some of the images.</summary>
    public Ball Of(Tensor places) => new(Rows.Pick(center, places), Rows.Pick(Low, places), Rows.Pick(High, places), norm, radius);

    private static double RoundedDown(double value) => (float)value > value ? MathF.BitDecrement((float)value) : (float)value;

    /// <summary>The L2 length of each image's values, (B, 1, 1, 1), never zero.</summary>
    private static Tensor Length(Tensor values) => values.square().sum([1, 2, 3], keepdim: true).sqrt().clamp(min: 1e-30);
}
