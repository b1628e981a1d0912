using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>The logits of the evaluated sets after the last epoch, which belong to the trained network where that epoch's weights are kept.</summary>
internal sealed class EvaluatedLogits
{
    private Classifier? network;
    private IReadOnlyList<float[]> logits = [];

    /// <summary>Keeps what a network predicted after an epoch, in place of the epoch before.</summary>
    /// <param name="predictor">The network as it was evaluated.</param>
    /// <param name="all">float32 (N, K) of each set.</param>
    public void Keep(Classifier predictor, IReadOnlyList<float[]> all) => (network, logits) = (predictor, all);

    /// <summary>Drops the logits, because the network has other weights now.</summary>
    public void Drop() => (network, logits) = (null, []);

    /// <summary>float32 (N, K) of each set, if this very network was evaluated last with the weights that it has; else null.</summary>
    public IReadOnlyList<float[]>? Of(Classifier trained) => ReferenceEquals(trained, network) ? logits : null;
}
