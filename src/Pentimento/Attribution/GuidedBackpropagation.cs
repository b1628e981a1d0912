using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Guided backpropagation: the input gradient of a network whose ReLUs let only positive gradients back, channels summed with
/// their sign.</summary>
/// <remarks>
/// Springenberg et al., 2014, "Striving for simplicity: the all convolutional net", arXiv:1412.6806, section 3.4. It draws edges of the image and
/// hardly changes when the weights are made random: Adebayo et al., 2018, "Sanity checks for saliency maps", arXiv:1810.03292.
/// </remarks>
public sealed record GuidedBackpropagation : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    public override string? Caution =>
        "Guided backpropagation fails sanity checks: it draws much the same picture for a network of random weights (arXiv:1810.03292).";

    /// <inheritdoc/>
    public override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        string[] cuts = [.. network.Cuts];
        var (points, rectified) = (Forward(network, images, cuts), network.Rectified.ToHashSet());
        var back = nn.functional.one_hot(targets, network.Classes).to_type(float32);
        for (var at = cuts.Length - 1; at >= 0; at--)
        {
            var variable = points[at].requires_grad_();
            var output = at == 0 ? network.Head(variable, cuts[0]) : network.Between(variable, cuts[at - 1], cuts[at]);
            var guided = rectified.Contains(cuts[at]) ? nn.functional.relu(back) : back;
            back = autograd.grad([output], [variable], [guided])[0];
        }

        return back.sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>The images, then the activations after every layer but the last.</summary>
    private static List<Tensor> Forward(Classifier network, Tensor images, string[] cuts)
    {
        using var noGrad = no_grad();
        var points = new List<Tensor> { images.detach() };
        for (var at = 0; at < cuts.Length - 1; at++)
            points.Add(at == 0 ? network.Head(images, cuts[0]) : network.Between(points[at], cuts[at - 1], cuts[at]));
        return points;
    }
}
