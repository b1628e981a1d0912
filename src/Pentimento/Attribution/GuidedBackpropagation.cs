using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Guided backpropagation: the input gradient of a network whose ReLUs let only positive gradients back, channels summed with
/// their sign.</summary>
/// <remarks>
/// Springenberg et al., 2014, "Striving for simplicity: the all convolutional net", arXiv:1412.6806, section 3.4. It draws edges of the image and
/// hardly changes when the weights are made random: Adebayo et al., 2018, "Sanity checks for saliency maps", arXiv:1810.03292.
/// </remarks>
internal sealed record GuidedBackpropagation : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    public override string? Caution =>
        "Guided backpropagation fails sanity checks: it draws much the same picture for a network of random weights (arXiv:1810.03292).";

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var graph = network.Graph;
        var rectified = graph.OfImages.Where(value => value != graph.Output && graph.MakerOf(value).Rectified).ToList();
        var free = new Dictionary<string, Tensor> { [Graph.Images] = images.detach().requires_grad_() };
        var outputs = new Dictionary<string, Tensor>();
        var stops = rectified.Append(Graph.Images).ToHashSet();
        outputs[graph.Output] = network.Run(free[Graph.Images], rectified.ToDictionary(value => value, value => (Func<Tensor, Tensor>)Part(value)));
        var back = new Dictionary<string, Tensor> { [graph.Output] = nn.functional.one_hot(targets, network.Classes).to_type(float32) };
        foreach (var value in rectified.Append(graph.Output).Distinct().Reverse())
        {
            if (!back.TryGetValue(value, out var reached)) continue;
            // A ReLU lets only positive gradients through.
            var guided = rectified.Contains(value) ? nn.functional.relu(reached) : reached;
            string[] feeds = [.. graph.Feeds(value, stops)];
            // Two values may have a part of the way in common, such as a pool in front of a block.
            var gradients = Differentiation.Gradients(outputs[value], guided, [.. feeds.Select(feed => free[feed])]);
            foreach (var (feed, gradient) in feeds.Zip(gradients))
            {
                if (gradient is not null) back[feed] = back.TryGetValue(feed, out var other) ? other + gradient : gradient;
            }
        }

        Require.That(back.ContainsKey(Graph.Images), $"{Differentiation.Without}");
        return back[Graph.Images].sum(1).MoveToOuterDisposeScope();

        // Behind each ReLU the network goes on from a variable of its own, so that its gradient can be changed.
        Func<Tensor, Tensor> Part(string value) => output =>
        {
            scope.Attach(outputs[value] = output.DetachFromDisposeScope());
            free[value] = output.detach().requires_grad_().DetachFromDisposeScope();
            scope.Attach(free[value]);
            return free[value].alias();
        };
    }
}
