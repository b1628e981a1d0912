using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>A way to draw the picture that a channel answers most strongly.</summary>
[Family("visualizations")]
public abstract record Visualization
{
    /// <summary>Pictures of every channel of a goal, float32 (B, C, H, W) in [0, 1], made in one batch; the caller disposes them.</summary>
    /// <param name="network">In evaluation mode, so without dropout; its weights are not touched.</param>
    /// <param name="goal">Which channels, and how many pictures of each.</param>
    /// <param name="natural">Images as the network knows them, for those methods that take their colours from them.</param>
    /// <param name="run">Hears about progress; its seed decides every draw.</param>
    public abstract Tensor Draw(Classifier network, VisualizationTarget goal, ImageSet natural, RunContext run);
}
