using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>The reduction of a channel's map to one activation.</summary>
public enum MapReduction
{
    /// <summary>The mean over all positions.</summary>
    Mean,

    /// <summary>The activation at the center.</summary>
    Center,

    /// <summary>The maximum over all positions.</summary>
    Maximum,
}

/// <summary>The computation of reductions.</summary>
internal static class MapReductions
{
    /// <summary>Activations (N, C) of maps (N, C, H, W); activations (N, C) are returned as they are.</summary>
    public static Tensor Reduce(this MapReduction reduction, Tensor activations) => reduction switch
    {
        _ when activations.dim() == 2 => activations.alias(),
        MapReduction.Mean => activations.mean([2, 3]),
        MapReduction.Maximum => activations.amax([2, 3]),
        _ => activations[.., .., activations.shape[2] / 2, activations.shape[3] / 2],
    };
}
