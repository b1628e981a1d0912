using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Adam on the pixels of active images, projected back into a ball after every step.</summary>
/// <remarks>Kingma and Ba, 2015, "Adam: a method for stochastic optimization", arXiv:1412.6980, with its default rates of decay.</remarks>
internal sealed class PixelAdam
{
    private const double First = 0.9;
    private const double Second = 0.999;
    private const double Tiny = 1e-8;
    private readonly ActiveImages active;
    private readonly double rate;
    private int step;

    /// <summary>Optimises the rows called point.</summary>
    /// <param name="active">The images; the optimizer's state is kept with them.</param>
    /// <param name="rate">α, the learning rate, in pixels of [0, 1].</param>
    public PixelAdam(ActiveImages active, double rate)
    {
        (this.active, this.rate) = (active, rate);
        active["mean"] = zeros_like(active["point"]);
        active["square"] = zeros_like(active["point"]);
    }

    /// <summary>Takes one step against the gradient.</summary>
    /// <param name="gradient">float32, as the points.</param>
    /// <param name="ball">Where the points must stay.</param>
    /// <param name="longest">The most that a pixel may move, for each image (b, 1, 1, 1); no limit if left out.</param>
    public void Descend(Tensor gradient, Ball ball, Tensor? longest = null)
    {
        using var scope = NewDisposeScope();
        step++;
        active["mean"].mul_(First).add_(gradient, alpha: 1 - First);
        active["square"].mul_(Second).addcmul_(gradient, gradient, 1 - Second);
        var scale = (active["square"] / (1 - Math.Pow(Second, step))).sqrt_().add_(Tiny);
        var move = rate / (1 - Math.Pow(First, step)) * active["mean"] / scale;
        if (longest is not null) move = move.clamp(-longest, longest);
        active["point"].copy_(ball.Project(active["point"] - move));
    }
}
