using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>A trained network with its training history.</summary>
/// <param name="network">In evaluation mode.</param>
/// <param name="history">One record for each epoch of the last stage.</param>
internal readonly struct TrainedNetwork(Classifier network, IReadOnlyList<EpochRecord> history)
{
    /// <summary>The network, in evaluation mode.</summary>
    public Classifier Network { get; } = network;

    /// <summary>One record for each epoch of the last stage.</summary>
    public IReadOnlyList<EpochRecord> History { get; } = history;
}
