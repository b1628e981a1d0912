using Pentimento.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Gates on the weights of a frozen network: in the end a weight is as it was or 0, and only which of both is learned.</summary>
/// <remarks>
/// A gate is the sigmoid of its score divided by a temperature that falls, so that it closes or opens for good; in the end it is open where
/// the score is positive (Savarese, Silva and Maire, 2020, "Winning the lottery with continuous sparsification", arXiv:1912.04427). The last
/// layer has no gates, and biases neither: a unit without weights answers its bias, the same for every image.
/// </remarks>
internal sealed class WeightGates
{
    private const double First = 0.5;
    private readonly List<(Parameter Weight, Tensor Original, Parameter Score)> gates = [];

    /// <summary>Puts a gate at every weight, nearly open; what it keeps belongs to the caller's scope.</summary>
    /// <param name="network">The network; its weights change when gates close.</param>
    /// <param name="pruned">Whether all weights of a unit share one gate.</param>
    /// <param name="image">(1, C, H, W), by which the last layer is told apart.</param>
    /// <exception cref="BadInputException">The network has no weights before its last layer.</exception>
    public WeightGates(Classifier network, Pruned pruned, Tensor image)
    {
        var last = LastOf(network, image);
        foreach (var (name, weight) in network.named_parameters())
        {
            if (weight.dim() < 2 || !weight.requires_grad || last.Contains(name)) continue;
            long[] shape = pruned == Pruned.Units ? [weight.shape[0], .. Enumerable.Repeat(1L, (int)weight.dim() - 1)] : weight.shape;
            gates.Add((weight, weight.detach().clone(), new(full(shape, First, float32, weight.device))));
        }

        Require.That(gates.Count > 0, $"The network has no weights before its last layer, so no subnetwork can be taken from it.");
    }

    /// <summary>The scores, which an optimizer changes.</summary>
    public IEnumerable<Parameter> Scores => gates.Select(gate => gate.Score);

    /// <summary>The share of the gates that will be closed.</summary>
    public double Closed
    {
        get
        {
            using var scope = NewDisposeScope();
            return (double)gates.Sum(gate => gate.Score.le(0).sum().item<long>()) / gates.Sum(gate => gate.Score.NumberOfElements);
        }
    }

    /// <summary>Multiplies each weight as it was with its gate.</summary>
    /// <param name="temperature">The temperature; 0 for gates that are open or closed.</param>
    public void Apply(double temperature)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var (weight, original, score) in gates) weight.copy_(original * Gate(score, temperature));
    }

    /// <summary>Passes the weights' gradients on to the scores: a gate's is the sum over its weights of gradient times weight as it was.</summary>
    /// <param name="temperature">The temperature at which the gradients were computed.</param>
    public void PassGradients(double temperature)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var (weight, original, score) in gates)
        {
            if (weight.grad is not { } gradient) continue;
            var through = gradient * original;
            if (score.NumberOfElements < weight.NumberOfElements) through = through.flatten(1).sum(1).view(score.shape);
            var gate = Gate(score, temperature);
            score.grad = through * gate * (1 - gate) / temperature;
        }
    }

    private static Tensor Gate(Tensor score, double temperature) =>
        temperature > 0 ? (score / temperature).sigmoid() : score.gt(0).to_type(float32);

    /// <summary>The names of the weights between the features and the logits.</summary>
    private static HashSet<string> LastOf(Classifier network, Tensor image)
    {
        using var scope = NewDisposeScope();
        Tensor features;
        using (no_grad()) features = ones_like(network.Open(image).Features);
        var named = network.named_parameters().Where(pair => pair.parameter.requires_grad).ToList();
        foreach (var (_, parameter) in named) parameter.grad?.zero_();
        // Weighted, because the sum of probabilities has no gradient.
        var logits = network.Close(features);
        Differentiation.Backward((logits * arange(1, logits.shape[1] + 1, float32, logits.device)).sum());
        return [.. named.Where(pair => pair.parameter.grad?.ne(0).any().item<bool>() == true).Select(pair => pair.name)];
    }
}

/// <summary>What a gate opens and closes.</summary>
internal enum Pruned
{
    /// <summary>All weights of a unit: a filter, or a row of a matrix.</summary>
    Units,

    /// <summary>A single weight.</summary>
    Weights,
}
