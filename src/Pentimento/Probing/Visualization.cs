using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>A method of feature visualization: an image that maximizes the activation of a channel.</summary>
[Family("visualizations")]
public abstract record Visualization
{
    // About as many as are drawn in a minute or two, whatever the size of the network; its activations are a measure of its work.
    private const long Affordable = 1L << 29;

    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Visualization(string spec) => Catalog.Read<Visualization>(spec);

    /// <summary>
    /// Draws pictures of every channel of a target, float32 (B, C, H, W) in [0, 1], in batches whose gradients fit a run's memory; the caller
    /// disposes them.
    /// </summary>
    /// <param name="network">In evaluation mode, so without dropout; its weights are not touched.</param>
    /// <param name="target">The channels, and the number of pictures of each.</param>
    /// <param name="natural">Real images, of the training distribution, for those methods that take their colors from them.</param>
    /// <param name="run">Reports progress and can be cancelled; its seed determines every draw.</param>
    internal Tensor Draw(Classifier network, VisualizationTarget target, ImageSet natural, RunContext run)
    {
        using var scope = NewDisposeScope();
        // Copies of a channel are told apart from each other, so they stay together.
        var together = Math.Max(1, BatchSize.Of(network, target.Count, run, copies: 2) / target.Copies);
        if (together >= target.Channels.Count) return DrawBatch(network, target, natural, run).MoveToOuterDisposeScope();
        var batches = target.Channels.Chunk(together).ToList();
        return cat(batches.ConvertAll(channels => DrawBatch(
            network, target with { Channels = channels }, natural,
            run.Part(batches.IndexOf(channels), 1, batches.Count)))).MoveToOuterDisposeScope();
    }

    /// <summary>How many of so many channels are drawn where nobody says.</summary>
    internal static int AffordableOf(Classifier network, int channels) => (int)Math.Min(channels, Affordable / BatchSize.Bytes(network));

    /// <summary>Draws pictures of every channel of a target in one batch; how many there are changes no picture.</summary>
    private protected abstract Tensor DrawBatch(Classifier network, VisualizationTarget target, ImageSet natural, RunContext run);
}
