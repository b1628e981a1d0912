using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Guided backpropagation: the input gradient of a network whose ReLUs let only positive gradients back, channels summed with their sign.</summary>
/// <remarks>
/// Springenberg et al., 2014, "Striving for simplicity: the all convolutional net", arXiv:1412.6806, section 3.4. It draws edges of the image and
/// hardly changes when the weights are made random: Adebayo et al., 2018, "Sanity checks for saliency maps", arXiv:1810.03292.
/// </remarks>
public sealed record GuidedBackpropagation : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    public override string? Caution => "Guided backpropagation fails sanity checks: it draws much the same picture for a network of random weights (arXiv:1810.03292).";

    /// <inheritdoc/>
    public override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        string[] cuts = [.. network.Cuts];
        var points = Forward(network, images, cuts);
        var back = nn.functional.one_hot(targets, network.Classes).to_type(float32);
        for (var at = cuts.Length - 1; at >= 0; at--)
        {
            var variable = points[at].requires_grad_();
            var output = at == 0 ? network.Head(variable, cuts[0]) : network.Between(variable, cuts[at - 1], cuts[at]);
            back = autograd.grad([output], [variable], [Guided(back, points[at + 1])])[0];
        }

        return back.sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>The images, then the activations after every layer.</summary>
    private static List<Tensor> Forward(Classifier network, Tensor images, string[] cuts)
    {
        using var still = no_grad();
        var points = new List<Tensor> { images.detach(), network.Head(images, cuts[0]) };
        for (var at = 1; at < cuts.Length; at++) points.Add(network.Between(points[at], cuts[at - 1], cuts[at]));
        return points;
    }

    /// <summary>Lets only positive gradients through ReLUs, which are known by outputs that are nowhere negative; logits and convolutions have both signs.</summary>
    private static Tensor Guided(Tensor gradient, Tensor output)
    {
        var rectified = output.detach().flatten(1).amin([1]).ge(0).view([-1, .. Enumerable.Repeat(1L, (int)output.dim() - 1)]);
        return where(rectified, nn.functional.relu(gradient), gradient);
    }
}
