using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Adam on the pixels of open images, projected back into a ball after every step.</summary>
/// <remarks>Kingma and Ba, 2015, "Adam: a method for stochastic optimization", arXiv:1412.6980, with its default rates of decay.</remarks>
internal sealed class PixelAdam
{
    private const double First = 0.9;
    private const double Second = 0.999;
    private const double Tiny = 1e-8;
    private readonly ActiveImages open;
    private readonly double rate;
    private int step;

    /// <summary>Prepares to move the rows called point.</summary>
    /// <param name="open">The images; its averages leave with them.</param>
    /// <param name="rate">α, the learning rate, in pixels of [0, 1].</param>
    public PixelAdam(ActiveImages open, double rate)
    {
        (this.open, this.rate) = (open, rate);
        open["mean"] = zeros_like(open["point"]);
        open["square"] = zeros_like(open["point"]);
    }

    /// <summary>Takes one step against the gradient.</summary>
    /// <param name="gradient">float32, as the points.</param>
    /// <param name="ball">Where the points must stay.</param>
    /// <param name="longest">The most that a pixel may move, for each image (b, 1, 1, 1); no limit if left out.</param>
    public void Descend(Tensor gradient, Ball ball, Tensor? longest = null)
    {
        using var scope = NewDisposeScope();
        step++;
        open["mean"].mul_(First).add_(gradient, alpha: 1 - First);
        open["square"].mul_(Second).addcmul_(gradient, gradient, 1 - Second);
        var scale = (open["square"] / (1 - Math.Pow(Second, step))).sqrt_().add_(Tiny);
        var move = rate / (1 - Math.Pow(First, step)) * open["mean"] / scale;
        if (longest is not null) move = move.clamp(-longest, longest);
        open["point"].copy_(ball.Project(open["point"] - move));
    }
}
