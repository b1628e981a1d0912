namespace Pentimento.Networks;

/// <summary>A network as it reads many images fastest: with batch normalisation folded in where each of its answers takes long, else itself.
/// </summary>
/// <remarks>The answers are the same but for rounding. A folded copy's filters are its own, and go when it is disposed; all else is shared.</remarks>
/// <param name="network">In evaluation mode; it is neither changed nor disposed.</param>
internal sealed class ReadingNetwork(Classifier network) : IDisposable
{
    /// <summary>What reads images.</summary>
    public Classifier Network { get; } = BatchSize.IsLarge(network) ? network.Folded() : network;

    public void Dispose()
    {
        if (Network != network) BatchNormFolding.Release(Network.Graph);
    }
}
